Sudán expulsó al embajador de Uganda, al que acusa de haberse reunido con jefes rebeldes en Kampala.
Tres soldados turcos murieron por una bomba que combatientes kurdos habían colocado al borde de una carretera cerca de Hakkari, informó el Ministerio de Defensa.
El Ministerio de Exteriores vietnamita recordó el jueves que el país jamás ha reconocido la reivindicación de China sobre las islas.
Tras nueve horas de conversaciones en Doha, el Gobierno y los rebeldes firmaron un alto el fuego que entrará en vigor a medianoche.
Hungría vetó los 6.500 millones de euros que la Unión Europea quería gastar en armas para Ucrania.
El Parlamento de Kenia aprobó el proyecto de ley sin un solo voto en contra.
Manifestantes asaltaron la oficina del gobernador en Basora y quemaron dos coches de policía.
Etiopía negó el viernes que sus tropas hubieran cruzado la frontera con Eritrea.
El presidente Vukan Jelić anunció que Serbia comprará a Francia doce cazas Rafale por 2.700 millones de euros.
Nadie ha reivindicado el atentado contra la mezquita de Peshawar, en el que murieron 31 fieles.
Según dos diplomáticos al corriente del asunto, Washington ha pedido a Catar que medie entre Israel y Hamás.
La policía dispersó con gases lacrimógenos a unos 4.000 estudiantes concentrados ante el Ministerio de Educación.
Según el mediador, ni El Cairo ni Adís Abeba están dispuestos a ceder en la disputa por la presa.
Los abogados del líder opositor Ayo Bakare aseguran que desde el 14 de mayo no se le permite ver a su familia.
Un barco chino embistió a una de las patrulleras de la guardia costera filipina cerca del bajío de Second Thomas, según esta.
A partir de septiembre, Alemania adiestrará a 1.500 reclutas ucranianos en una base de Sajonia.
Vecinos de la zona de Djibo contaron que hombres armados en motocicleta secuestraron al menos a 17 personas, en su mayoría mujeres.
La presidenta de Georgia se negó a firmar la ley, que ahora vuelve al Parlamento.
El Ejército de Pakistán dijo que había derribado un dron indio que entró en su espacio aéreo cerca de Sialkot.
El banco central mantuvo su tipo de interés en el 8,25 por ciento, aunque los precios suben más deprisa que en ningún momento desde 2011.
Los hutíes liberaron a 42 prisioneros saudíes a cambio de 150 de sus combatientes.
El tribunal no halló pruebas de que el general hubiera ordenado el bombardeo.
Italia llamó a consultas a su embajador en Teherán después de que Irán ejecutara a un hombre que tenía los dos pasaportes.
La ministra de Exteriores de Brasil, Lúcia Prado, instó a Venezuela a publicar los resultados de las elecciones.
El sindicato desconvocó la huelga porque la empresa aceptó subir los salarios un 7 por ciento.
Los cascos azules de la ONU no pudieron llegar al pueblo porque milicianos en retirada habían minado la carretera.
Corea del Sur efectuó disparos de advertencia después de que una patrullera norcoreana cruzara dos veces en un día la frontera marítima.
Moldavia ya no importa gas de Rusia, dijo el ministro de Energía a los periodistas en Chisináu.
La alcaldesa de Guayaquil sobrevivió a un ataque de miembros de una banda de narcotraficantes, pero dos de sus escoltas murieron.
En virtud del acuerdo, el Líbano entrega a los sospechosos a Chipre, que a cambio paga nuevas patrulleras.
