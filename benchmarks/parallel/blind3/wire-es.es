Ni el Gobierno ni los sindicatos cedieron en la reunión de ayer sobre el salario mínimo.
La economía española creció un 0,6 % entre julio y septiembre, el doble que la media de la zona euro.
La vicepresidenta Elvira Montalbán pidió a Marruecos que reabra la aduana comercial de Melilla antes de fin de año.
Cuba y Rusia firmaron el viernes en La Habana un acuerdo para modernizar tres centrales eléctricas.
El alcalde de Bogotá criticó con dureza al presidente por cancelar los fondos del metro.
Guyana denunció ante la Corte Internacional de Justicia a Venezuela por incursionar en aguas del Esequibo.
República Dominicana no abrirá la frontera a los heridos haitianos, dijo su ministra de Interior.
Tras la captura de alias «Tornado», los disidentes de las FARC liberaron a 24 policías retenidos en Guaviare.
Estados Unidos deportó a Guatemala a 1.400 migrantes en la primera semana de marzo.
La inflación en Argentina se moderó al 1,8 % en septiembre, su nivel más bajo en cinco años.
El presidente Aurelio Cifuentes respaldó a su par brasileño en su disputa comercial con Washington y propuso una cumbre sudamericana para noviembre.
Más de 60 reclusos murieron en un motín en la cárcel de Machala que la policía tardó siete horas en sofocar.
El presidente salvadoreño ofreció a Washington recibir en su megacárcel a reos de cualquier nacionalidad.
Haití solicitó a la ONU 2.500 policías adicionales para frenar a las pandillas que controlan el 85 % de la capital.
La oposición boliviana no participará en el debate convocado por el tribunal electoral para el 3 de agosto.
Costa Rica concedió asilo a la periodista nicaragüense Xiomara Baltodano, condenada en rebeldía por el gobierno de Managua.
Bruselas advirtió a Madrid de que perderá 540 millones de fondos europeos si no sube el impuesto al diésel.
Unas 200.000 personas, según los convocantes, se manifestaron en Madrid contra la reforma de las pensiones.
Una huelga de 48 horas de los estibadores paralizó el puerto de Valparaíso desde el lunes.
El Senado uruguayo no alcanzó los dos tercios necesarios para destituir a la intendenta de Canelones.
El presidente de Ecuador ordenó el despliegue de 5.000 militares en Guayaquil para combatir a las bandas.
Un ataque con dron contra una comisaría en Cali hirió a siete personas; ningún grupo se lo ha atribuido.
La Cancillería peruana entregó una nota de protesta al embajador de México por las declaraciones de su presidenta sobre el expresidente encarcelado.
España enviará a Ucrania un nuevo paquete militar valorado en 480 millones de euros, confirmó la ministra de Defensa.
Rebeldes del EZLN retiraron los bloqueos en Ocosingo después de que el gobierno de Chiapas aceptara dialogar.
El presidente venezolano acusó a la oposición de planear un atentado contra una refinería con el apoyo de mercenarios extranjeros.
El Tribunal Supremo de Brasil rechazó por ocho votos a tres el recurso presentado por la defensa del expresidente.
Las autoridades panameñas incautaron 4,3 toneladas de cocaína en un buque de bandera liberiana.
La guerrilla maoísta entregó sus armas al ejército filipino en una ceremonia en Mindanao.
El Ejército hondureño negó haber disparado contra los manifestantes que bloqueaban el puente de El Progreso.
El rey recibió en la Zarzuela al emir de Catar, que prometió inversiones por 3.200 millones.
Paraguay expulsó a dos diplomáticos venezolanos y cerró su consulado en Caracas.
La Fiscalía mexicana detuvo en Sinaloa a un capo reclamado por una corte de Texas desde 2019.
Trinidad y Tobago autorizó a la Marina de Estados Unidos a usar su radar en Tobago, lo que Caracas considera una agresión.
Israel impidió la entrada en Gaza de una delegación de eurodiputados encabezada por un socialista español.
Hombres armados emboscaron un convoy de la policía en Guerrero y mataron a una docena de agentes.
Los agricultores franceses volcaron cuatro camiones españoles cargados de tomates cerca de Perpiñán.
Chile no reconocerá al nuevo gobierno surgido del golpe en Níger, anunció el canciller Rodrigo Larraín.
El Gobierno de Colombia suspendió este miércoles los diálogos con el ELN tras el ataque que dejó nueve soldados muertos en Arauca.
El Banco de México recortó su tasa de referencia en un cuarto de punto, hasta el 6,75 %.
