"""Names of the neighbours and of the rest of Europe, in their own spelling."""

POLISH_MEN = (
    "Piotr Krzysztof Andrzej Tomasz Paweł Michał Łukasz Grzegorz Wojciech Stanisław Zbigniew Rafał Bartłomiej Sławomir"
)
POLISH_WOMEN = (
    "Małgorzata Agnieszka Katarzyna Ewa Krystyna Elżbieta Zofia Joanna Łucja Grażyna Wiesława Bożena Świętosława"
)
POLISH_FAMILIES = """
Kowalski/Kowalska Wiśniewski/Wiśniewska Wójcik/Wójcik Kamiński/Kamińska Lewandowski/Lewandowska Zieliński/Zielińska
Szymański/Szymańska Woźniak/Woźniak Dąbrowski/Dąbrowska Kozłowski/Kozłowska Jabłoński/Jabłońska Śliwiński/Śliwińska
Brzęczyszczykiewicz/Brzęczyszczykiewicz Łukaszewicz/Łukaszewicz Gąsiorowski/Gąsiorowska Żuławski/Żuławska
"""
GERMAN_MEN = (
    "Jürgen Jörg Günther Matthias Klaus Björn Stefan Hans-Peter Wolfgang Sönke Karl-Heinz Götz Uwe Maximilian Tobias"
)
GERMAN_WOMEN = (
    "Käthe Brigitte Sabine Ursula Jördis Anneliese Heike Ann-Kathrin Gisela Mareike Bärbel Hannelore Liselotte Sophie"
)
GERMAN_FAMILIES = """
Müller Schäfer Köhler Großmann Weiß Jäger Schröder Böhm Krüger Voß Strauß Fröhlich Meyer-Landrut Müller-Lüdenscheidt
Hübner Zöllner Kühn Lang Hoffmann Vogelsang
"""
IRISH_MEN = "Seán Pádraig Ciarán Oisín Fionn Diarmuid Tadhg Eoin Liam Colm"
IRISH_WOMEN = "Siobhán Aoife Niamh Gráinne Róisín Sinéad Clodagh Orlaith Maeve Deirdre"
IRISH_FAMILIES = "O'Brien O'Connor D'Arcy O'Sullivan Ó'Néill McCarthy O'Dwyer MacGowan Fitzgerald O'Shaughnessy"
FRENCH_MEN = "Jean-Baptiste François Rémi Étienne Jérôme Loïc Gaël Hervé Jean-Luc Benoît"
FRENCH_WOMEN = "Anne-Marie Hélène Zoé Françoise Marie-Thérèse Aurélie Inès Noémie Maëlle Cécile"
FRENCH_FAMILIES = """
Lefèvre-Dubois d'Ormesson Gauthier Béranger Châtelain L'Hôpital Saint-Exupéry
Benoît-Lévy Desprès Garçon Ménard Muñoz-Leclerc
"""
GREEK_MEN = "Γεώργιος Δημήτρης Κωνσταντίνος Νικόλαος Ιωάννης Παναγιώτης Ευάγγελος Θεόδωρος"
GREEK_WOMEN = "Μαρία Ελένη Αικατερίνη Βασιλική Σοφία Αγγελική Δέσποινα Ευγενία"
GREEK_FAMILIES = """
Παπαδόπουλος/Παπαδοπούλου Αγγελόπουλος/Αγγελοπούλου Νικολαΐδης/Νικολαΐδου Γεωργίου/Γεωργίου Οικονόμου/Οικονόμου
Χατζηδάκης/Χατζηδάκη Καραγιάννης/Καραγιάννη Δημητρίου/Δημητρίου Σαββίδης/Σαββίδου
"""
UKRAINIAN_MEN = "Олександр Сергій Володимир Андрій Микола Юрій Дмитро Тарас Богдан Євген Ігор Любомир В'ячеслав"
UKRAINIAN_WOMEN = "Олена Наталія Тетяна Оксана Ірина Світлана Людмила Юлія Ганна Соломія Зоряна Дар'я Галина"
UKRAINIAN_FAMILIES = """
Шевченко Коваленко Бондаренко Ткаченко Кравченко Олійник Мельник Поліщук Гончаренко Лисенко Дем'яненко
Савицький/Савицька Ковальський/Ковальська Петренко Іваненко Левицький/Левицька Якимчук Щербань
"""
