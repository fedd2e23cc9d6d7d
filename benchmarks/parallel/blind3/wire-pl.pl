Słowacja poparła Polskę w sporze z Brukselą o cła na ukraińskie zboże.
W Warszawie kilkanaście tysięcy pielęgniarek przeszło przed kancelarię premiera.
Szef MSZ Radomir Zawadzki wezwał ambasadora Izraela w związku ze śmiercią polskiego wolontariusza w Strefie Gazy.
Rosyjskie drony czternaście razy naruszyły polską przestrzeń powietrzną; cztery z nich zestrzeliły samoloty sojusznicze.
Bezrobocie spadło w maju do 5,0 proc. i było najniższe od jesieni.
Premier nie spotka się z liderem PiS przed głosowaniem nad wotum zaufania 28 maja.
Węgry udzieliły azylu byłemu wiceministrowi ściganemu przez polską prokuraturę za defraudację 40 mln euro.
Komisja Europejska zawiesiła karę dla Warszawy, lecz nie umorzyła odsetek.
Były szef wywiadu oskarża prezydenta o ujawnienie tajnego raportu Amerykanom.
Ukraińscy sadownicy oprotestowali polskie embargo na maliny, wysypując owoce przed konsulatem we Lwowie.
Białoruś zwolniła więzionego od czterech lat dziennikarza Andrzeja Szpakowskiego w zamian za otwarcie dwóch przejść granicznych przez Polskę.
Czeski premier zapewnił Kijów, że program amunicyjny nie zostanie wstrzymany.
Polska kupi od Szwecji trzy okręty podwodne A26 za około 7 mld zł.
ABW zatrzymała w Lublinie dwóch obywateli Ukrainy podejrzanych o podłożenie ładunku na torach na zlecenie Moskwy.
Afganistan i Pakistan zawarły w Dosze zawieszenie broni po tygodniu walk, w których zginęło kilkudziesięciu cywilów.
Prezydent odmówił nominacji 38 sędziom, a rząd zapowiedział skargę do Trybunału w Luksemburgu.
Litwa zamknęła przestrzeń powietrzną przy granicy, tłumacząc to balonami przemytniczymi z Białorusi.
Straż Graniczna udaremniła w weekend 180 prób przekroczenia granicy z Białorusią; jeden żołnierz został ranny nożem.
Sejm odrzucił prezydenckie weto do ustawy wiatrakowej, choć wcześniej brakowało do tego jedenastu głosów.
Górnicy z Bogdanki zablokowali wjazd do Ministerstwa Aktywów, domagając się gwarancji zatrudnienia.
Niemcy odesłały do Polski w pierwszym półroczu około 1,4 tys. migrantów, a nie 14 tys., jak twierdzi opozycja.
Sąd skazał na dożywocie mężczyznę, który zabił ochroniarza burmistrza Grodziska.
Rada Polityki Pieniężnej obniżyła stopy procentowe o 25 punktów bazowych, do 4,5 proc.
Norwegia rozmieści w Rzeszowie myśliwce F-35 i baterię NASAMS do końca roku.
