Arabia Saudí levantó después de cuatro años la prohibición de importar fruta del Líbano.
La marina ucraniana hundió frente a Crimea un buque de desembarco ruso y mató a 23 marineros.
Hungría no participará en la misión de adiestramiento de las tropas ucranianas, dijo el primer ministro Gábor Szalay.
Etiopía acusó a Eritrea de enviar armas a las milicias de la región de Amhara.
El canciller alemán instó al Gobierno serbio a reconocer las matrículas de Kosovo.
Hombres armados secuestraron el jueves a 31 alumnos de una escuela del noroeste de Nigeria.
Argelia cerró su espacio aéreo a todos los aviones marroquíes.
El ministerio afirmó que nunca había negociado con los secuestradores.
Las exportaciones crecieron el año pasado un 8,7 %, hasta 1,2 billones de dólares.
Siria e Irak acordaron reabrir el paso fronterizo de Albu Kamal el 15 de septiembre de 2024.
Venezuela llamó a consultas a su embajador en Brasil.
Miles de trabajadores hicieron huelga en Buenos Aires contra el plan de austeridad del Gobierno.
El ejército sudanés dijo que no era responsable del ataque aéreo contra un mercado en Kabkabiya.
Lituania entregó a Ucrania 18 obuses y 5.000 proyectiles.
La capitana Leyla Demirci dijo que nadie resultó herido en la explosión.
Corea del Sur efectuó disparos de advertencia contra una patrullera norcoreana.
Guardacostas griegos rescataron a 84 migrantes y detuvieron a dos traficantes egipcios.
El gobernador rechazó la exigencia de la oposición de celebrar nuevas elecciones.
Kazajistán concedió asilo a un periodista uzbeko que había sido amenazado con la cárcel.
El alto el fuego nunca ha sido respetado por ninguna de las partes desde que se firmó en mayo.
Japón prometió a Vietnam seis patrulleras y un crédito de 500 millones de dólares.
Tres soldados y un civil murieron el 6 de febrero al explotar una mina cerca de Kidal.
