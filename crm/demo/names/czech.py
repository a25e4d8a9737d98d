"""Czech and Slovak names; a family name is written with its feminine form."""

CZECH_MEN = """
Jiří Jan Petr Josef Pavel Martin Tomáš Jaroslav Miroslav Zdeněk Václav Michal František Jakub Milan Karel Lukáš David
Vladimír Ondřej Ladislav Roman Stanislav Marek Radek Daniel Antonín Vojtěch Filip Adam Miloslav Matěj Aleš Jaromír
Libor Dominik Patrik Vlastimil Miloš Oldřich Štěpán Rudolf Bohumil Luboš Robert Radim Kryštof Šimon Ctirad Hynek
"""
CZECH_WOMEN = """
Jana Marie Eva Hana Anna Lenka Kateřina Lucie Věra Alena Petra Veronika Jaroslava Tereza Martina Michaela Jitka Helena
Ludmila Zdeňka Ivana Monika Eliška Zuzana Markéta Jarmila Barbora Jiřina Marcela Kristýna Dana Dagmar Adéla Pavla
Vlasta Miroslava Andrea Irena Božena Klára Libuše Šárka Natálie Nikola Karolína Simona Růžena Denisa Milada Žofie
"""
CZECH_FAMILIES = """
Novák/Nováková Svoboda/Svobodová Novotný/Novotná Dvořák/Dvořáková Černý/Černá Procházka/Procházková Kučera/Kučerová
Veselý/Veselá Horák/Horáková Němec/Němcová Marek/Marková Pokorný/Pokorná Pospíšil/Pospíšilová Hájek/Hájková
Král/Králová Jelínek/Jelínková Růžička/Růžičková Beneš/Benešová Fiala/Fialová Sedláček/Sedláčková Doležal/Doležalová
Zeman/Zemanová Kolář/Kolářová Navrátil/Navrátilová Čermák/Čermáková Vaněk/Vaňková Urban/Urbanová Blažek/Blažková
Kříž/Křížová Kovář/Kovářová Kratochvíl/Kratochvílová Bartoš/Bartošová Vlček/Vlčková Polák/Poláková Musil/Musilová
Kopecký/Kopecká Šimek/Šimková Konečný/Konečná Malý/Malá Čech/Čechová Štěpánek/Štěpánková Staněk/Staňková
Holub/Holubová Kadlec/Kadlecová Šťastný/Šťastná Dostál/Dostálová Sýkora/Sýkorová Říha/Říhová Tichý/Tichá Mareš/Marešová
Soukup/Soukupová Ševčík/Ševčíková Moravec/Moravcová Vávra/Vávrová Bláha/Bláhová Toman/Tomanová Valenta/Valentová
Mašek/Mašková Matoušek/Matoušková Šebesta/Šebestová Tůma/Tůmová Bureš/Burešová Havlíček/Havlíčková Žák/Žáková
Hruška/Hrušková Matějka/Matějková Kubát/Kubátová Hrubý/Hrubá Beran/Beranová Vacek/Vacková Slavík/Slavíková
Zelenka/Zelenková Brož/Brožová Jirásek/Jirásková Štěrba/Štěrbová Vondráček/Vondráčková Strnad/Strnadová Havel/Havlová
Kašpar/Kašparová Hudec/Hudcová Hořejší/Hořejší Krejčí/Krejčí Dlouhý/Dlouhá Rybář/Rybářová Nejedlý/Nejedlá
Zahradník/Zahradníková Třešňák/Třešňáková Skočdopole/Skočdopolová Vondrák/Vondráková Jaroš/Jarošová Ďurďa/Ďurďová
"""
SLOVAK_MEN = (
    "Ján Jozef Peter Milan Martin Michal Ľubomír Ľudovít Štefan Juraj Matúš Andrej Dušan Vladimír Rastislav Igor"
)
SLOVAK_WOMEN = (
    "Mária Anna Zuzana Katarína Eva Jana Ľudmila Oľga Žaneta Soňa Gabriela Lýdia Dominika Božena Terézia Viera"
)
SLOVAK_FAMILIES = """
Horváth/Horváthová Kováč/Kováčová Varga/Vargová Tóth/Tóthová Nagy/Nagyová Baláž/Balážová Molnár/Molnárová
Ďurica/Ďuricová Hudák/Hudáková Gašpar/Gašparová Ľupták/Ľuptáková Ondruš/Ondrušová Kollár/Kollárová Šoltés/Šoltésová
Vlčko/Vlčková Hruškovič/Hruškovičová Štúr/Štúrová Bielik/Bieliková Mečiar/Mečiarová Hlaváč/Hlaváčová
"""
