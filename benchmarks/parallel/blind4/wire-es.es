Colombia acusó a Perú de haber izado su bandera en una isla del río Amazonas cuya soberanía, según la cancillería, nunca fue asignada a ningún país.
El Banco Central de Argentina vendió 420 millones de dólares en una sola jornada para contener la caída del peso, según informaron operadores del mercado.
El Tribunal Supremo condenó al empresario Julián Arrieta a pagar 2,3 millones de euros al Ayuntamiento de Cádiz por el desvío de fondos públicos destinados a viviendas sociales.
Honduras pidió a Nicaragua la extradición de un exministro prófugo, quien no ha comparecido ante la justicia desde que fue acusado de lavado de dinero.
Miles de jubilados marcharon el miércoles hacia el Palacio Legislativo de Montevideo para exigir que el Gobierno no eleve la edad de retiro a los 65 años.
La senadora opositora Marta Quiroga denunció a la ministra de Salud Elena Bustos por la compra irregular de 600 ambulancias durante la epidemia de dengue.
Brasil prestará a Bolivia dos aviones cisterna para combatir los incendios forestales que han arrasado más de 800.000 hectáreas en la Amazonía desde julio.
La Unión Europea instó a Georgia a liberar a los manifestantes detenidos tras las elecciones y advirtió de que no reanudará las negociaciones sin avances concretos.
Un tribunal de arbitraje dio la razón a la minera canadiense Norvale frente a la República Dominicana, que deberá indemnizarla con 95 millones de dólares.
El Gobierno de Cuba anunció que los cortes de electricidad se prolongarán al menos 10 días más, después de que una avería paralizara la mayor central termoeléctrica de la isla.
Guyana expulsó al agregado militar de Venezuela tras acusarlo de fotografiar sin autorización instalaciones petroleras en la región fronteriza del Esequibo.
El Partido Socialista retiró su apoyo al Partido Liberal en el Parlamento, lo que deja al gabinete sin mayoría a tres meses de las elecciones generales.
Costa Rica entregó a Estados Unidos a un exjuez acusado de narcotráfico, en la primera extradición de un ciudadano nacional desde la reforma constitucional.
El Programa Mundial de Alimentos reducirá a la mitad las raciones de 1,2 millones de desplazados en Haití porque no ha recibido los fondos prometidos por los donantes.
