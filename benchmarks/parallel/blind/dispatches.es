Argelia cerró su espacio aéreo a los aviones marroquíes después de acusar a Rabat de espiar a sus diplomáticos.
Los talibanes no han invitado a ninguna mujer a la conferencia sobre escuelas para niñas, denuncian activistas afganas.
Combatientes leales al general Idris Tabani emboscaron un convoy del Ejército chadiano y mataron a 26 soldados.
Japón prestará a Bangladés 1.800 millones de dólares para construir un puerto de aguas profundas en Matarbari.
La policía antidisturbios golpeó a periodistas que filmaban el desalojo del campamento de Tiflis.
Dinamarca accedió a devolver 14 cabezas de bronce a Nigeria, que las reclamaba desde 1998.
El comandante no confirmó que su unidad se hubiera retirado de la localidad.
Nueve personas resultaron heridas cuando cazas israelíes bombardearon un depósito de armas de Hezbolá a las afueras de Baalbek.
Perú nunca ha extraditado a Chile a uno de sus ciudadanos, precisó el Ministerio de Justicia.
Cerca del 38 por ciento de los hogares de Zimbabue carece de acceso a agua limpia, según una encuesta publicada el 3 de julio.
Los rebeldes acusaron al Gobierno de haber roto la tregua apenas seis horas después de su inicio.
Una fragata neerlandesa rescató a once marineros iraníes de un petrolero en llamas en el golfo de Omán.
Por la muerte de la líder estudiantil Marta Quiroga, tiroteada en Cochabamba en 2022, no se ha imputado a nadie.
Grecia protestó ante Turquía después de que dos cazas turcos sobrevolaran la isla de Rodas.
Los agricultores levantaron el bloqueo del puerto tras la promesa del ministro de rebajar el impuesto al gasóleo.
Camboya ha demandado a Tailandia ante el tribunal de La Haya por un templo en la frontera común.
Los trabajadores de la mina llevan cuatro meses sin cobrar, pese a que la empresa obtuvo un beneficio récord.
Polonia y Lituania han pedido conjuntamente a la OTAN que despliegue otros 2.000 soldados en su territorio.
El obispo dijo que los pistoleros respetaron a los niños, pero quemaron la iglesia.
La Armada australiana entregó tres lanchas patrulleras a Fiyi en una ceremonia en Suva.
Presionada por Pekín, Honduras no quiere recibir a la delegación taiwanesa.
La presidenta destituyó al jefe del Ejército, a quien culpó de la caída de la ciudad.
Guardias fronterizos armenios abrieron fuego contra una patrulla azerbaiyana, dijo Bakú sin dar detalles.
La policía detuvo en Lyon a dos hombres sospechosos de planear un atentado contra una sinagoga.
