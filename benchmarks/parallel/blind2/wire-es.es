El Congreso peruano aprobó la censura del ministro del Interior con 71 votos a favor.
Guerrilleros del ELN dejaron en libertad a cuatro militares que mantenían secuestrados desde marzo en Arauca.
La cancillería venezolana acusó a Guyana de haber entregado bloques petroleros en aguas que no le pertenecen.
Al menos nueve reclusos fallecieron apuñalados durante una riña en el penal de Tela, informó la Policía hondureña.
No habrá diálogo con el Gobierno mientras siga detenido el dirigente cocalero, advirtieron los sindicatos bolivianos.
Agentes de la Guardia Civil detuvieron en Ceuta a dos presuntos reclutadores del Estado Islámico.
México entregó a Estados Unidos a 26 presuntos narcotraficantes reclamados por la justicia de ese país.
Docentes argentinos iniciaron un paro de 48 horas en rechazo a la oferta salarial del gobernador.
El mandatario chileno recibió en La Moneda al primer ministro croata, con quien firmó un acuerdo de seguridad social.
Sicarios en motocicleta acribillaron a un candidato a alcalde en la provincia ecuatoriana de Manabí.
La Habana niega haber enviado tropas a combatir junto a Rusia.
El Ejército colombiano bombardeó un campamento de las disidencias en Guaviare, con saldo de 14 rebeldes muertos.
Nicaragua despojó de su nacionalidad a otros 30 opositores, entre ellos dos obispos.
Ni la Fiscalía ni la defensa recurrirán la sentencia contra el exministro Julián Arrieta.
Pandillas haitianas incendiaron una comisaría y obligaron a huir a 600 familias de Kenscoff.
Costa Rica pidió a Panamá que levante el veto a la entrada de sus productos lácteos.
La Unión Europea donará 18 millones de euros a Perú para atender a los damnificados por las lluvias.
Manifestantes bloquearon la carretera Panamericana y se enfrentaron a pedradas con los antidisturbios.
El Supremo condena a Marruecos a indemnizar a la familia de un pescador canario muerto en 1986.
Honduras rompió relaciones con Taiwán hace dos años y ahora estudia restablecerlas, dijo el canciller.
La oposición salvadoreña se negó a participar en la comisión que propuso el presidente.
La Armada ecuatoriana interceptó frente a Galápagos un semisumergible con 3 toneladas de cocaína.
Brasil no reconocerá los resultados mientras Caracas no publique las actas.
Un juez guatemalteco dictó orden de captura contra el exfiscal que había investigado al presidente del Congreso.
