Rusia acusó el lunes a Ucrania de haber atacado con ocho drones un depósito de combustible cerca de Bélgorod.
El ejército israelí afirmó que no había recibido ninguna orden de retirar sus fuerzas del sur del Líbano.
El ministro de Exteriores egipcio, Samir Halawani, se reunió en El Cairo con su homólogo griego para tratar la frontera marítima.
La inflación en Argentina bajó en junio al 3,4 %, el nivel más bajo en dos años.
La policía de Nairobi detuvo a 27 manifestantes tras los enfrentamientos ante el Parlamento.
Turquía entregará 40 vehículos blindados a Somalia antes de que termine el año.
Polonia no extraditará a los dos sospechosos a Bielorrusia, declaró el ministro del Interior.
Los rebeldes liberaron a 15 soldados que tenían retenidos desde marzo de 2021.
China impuso sanciones a tres empresas estadounidenses que venden armas a Taiwán.
Las Naciones Unidas condenaron el bombardeo de un hospital de Jartum en el que murieron 12 pacientes.
India y Pakistán intercambiaron disparos a través de la Línea de Control por tercera noche consecutiva.
El presidente no asistió a la ceremonia por enfermedad, informó su portavoz.
Francia expulsó al embajador de Malí y llamó a consultas al suyo en Bamako.
El general Osmán Kerímov dijo que sus tropas habían tomado el aeropuerto y que no habían perdido ningún soldado.
Irán advirtió a Israel de que cualquier ataque tendría una «respuesta aplastante».
Alrededor del 62 % de los votantes rechazó la Constitución propuesta en el referéndum del domingo.
España concedió a Marruecos un préstamo de 750 millones de euros para luchar contra la sequía.
No se alcanzó ningún acuerdo en las conversaciones de Ginebra entre Armenia y Azerbaiyán.
El ejército bombardeó durante la noche posiciones de los rebeldes cerca de la ciudad de Kutum.
Noruega y Dinamarca entrenarán conjuntamente a 600 soldados ucranianos la próxima primavera.
El tribunal de Túnez condenó al exministro a 14 años de cárcel por corrupción.
Colombia exigió una disculpa a Perú tras la muerte de dos pescadores.
