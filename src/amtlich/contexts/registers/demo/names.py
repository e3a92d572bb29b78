# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Names common in Germany, from which the demonstration towns take their people.

Single names are facts of everyday life; which of them meet in one person is chance.
"""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _entries(text: str) -> tuple[str, ...]:
    return tuple(" ".join(entry.split()) for entry in text.split(";"))


# First names by the time in which they were common: born before 1960, 1960 to 1989, since 1990.
WOMEN_EARLY = _words(
    """
    Anneliese Barbara Brigitte Christa Christel Edith Elfriede Elisabeth Elke Erika Erna Eva Gerda Gertrud
    Gisela Hannelore Heidi Helga Herta Hildegard Ilse Inge Ingeborg Ingrid Irmgard Jutta Karin Käthe
    Lieselotte Lore Margarete Margot Maria Marianne Marlies Monika Renate Rita Rosemarie Roswitha Ruth
    Sigrid Sieglinde Traute Ursula Ute Waltraud Wilma
    """
)
WOMEN_MIDDLE = _words(
    """
    Alexandra Andrea Angelika Anja Anke Antje Astrid Ayşe Bärbel Beate Bettina Birgit Carola Christiane
    Claudia Cornelia Daniela Doris Dorota Elena Emine Fatma Gabriele Heike Ines Iris Jana Julia Katja Katrin
    Kerstin Kirsten Manuela Martina Melanie Natascha Nicole Olga Petra Ramona Sabine Sandra Silke Simone
    Sonja Stefanie Susanne Svetlana Tanja Ulrike Yvonne Zeynep
    """
)
WOMEN_LATE = _words(
    """
    Alina Amelie Anna Annika Aylin Charlotte Clara Ela Elif Emilia Emily Emma Finja Frida Greta Hanna Helena
    Ida Jasmin Johanna Josefine Julia Katharina Lara Laura Lea Lena Leonie Lilly Lina Lisa Lotta Luisa Malin
    Maria Marie Mathilda Maya Melina Mia Mila Nele Nora Paula Pauline Romy Sarah Selin Sophia Sophie Thea
    Theresa Vanessa Zoe
    """
)
MEN_EARLY = _words(
    """
    Adolf Albert Alfred Bernd Bernhard Dieter Eckhard Erich Ernst Erwin Friedrich Fritz Georg Gerhard
    Gottfried Günter Hans Hartmut Heinrich Heinz Helmut Herbert Hermann Horst Johann Jürgen Karl Klaus Kurt
    Manfred Otto Paul Peter Rainer Reinhard Richard Rolf Rudolf Siegfried Ulrich Walter Werner Wilhelm Willi
    Wolfgang
    """
)
MEN_MIDDLE = _words(
    """
    Ahmet Alexander Andreas Andrzej Armin Axel Björn Carsten Christian Christoph Detlef Dirk Frank Guido
    Hakan Hasan Holger Ingo Jan Jens Jörg Kai Lars Lutz Marco Marcus Mario Markus Martin Matthias Mehmet
    Michael Mustafa Norbert Olaf Oliver Pavel Piotr Ralf René Robert Sergej Stefan Steffen Sven Thomas
    Thorsten Torsten Uwe Volker
    """
)
MEN_LATE = _words(
    """
    Adrian Ali Anton Ben Can David Deniz Elias Emil Emre Fabian Felix Finn Florian Hannes Henri Jakob Jan
    Jannik Jonas Jonathan Julian Karl Kilian Konstantin Lennard Leon Levi Linus Louis Luca Lukas Malik
    Marvin Mats Matteo Max Maximilian Mika Moritz Niklas Noah Oskar Paul Philipp Raphael Samuel Simon Theo
    Tim Tom Valentin Vincent Yusuf
    """
)

# Ordered from frequent to rare: the generator prefers the front.
FAMILIES = _words(
    """
    Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter
    Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner
    Schmitz Krause Meier Lehmann Schmid Schulze Maier Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs
    Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich Keller Günther Frank Berger Winkler
    Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher
    Krämer Vogt Stein Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas Schreiber Graf Schulte Dietrich
    Ziegler Kuhn Kühn Pohl Engel Horn Busch Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer Yılmaz Kaya
    Demir Nowak Kowalski Nguyen Şahin Öztürk Aydın Çelik Petrović Jovanović Horvat Ivanov Popescu Rossi
    Ferrari García Silva Haddad Hassan Ahmadi Rahimi Khalil Mohammadi Wójcik Kamiński Wiśniewski Sokolov
    Kuznetsov Shevchenko Bondarenko Tran Pham Papadopoulos Jensen Hansen Petersen Christiansen Andresen
    Claußen Ebert Fiedler Gebhardt Hübner Ihle Jahn Kessler Lindner Marx Naumann Opitz Pfaff Quandt Reuter
    Sander Thiel Uhlig Vetter Wendt Zander Ackermann Bachmann Conrad Decker Eckert Förster Götz Hermann
    Jansen Kirchner Lutz Metzger Nagel Oswald Paul Rauch Schilling Trautmann Urban Vollmer Wegner Zeller
    """
)

BIRTHPLACES = _words(
    """
    Musterstadt;Musterstadt;Musterstadt;Berlin;Hamburg;Köln;Dortmund;Leipzig;Dresden;Rostock;Ankara;Izmir;Wa
    rschau;Kattowitz;Kyjiw;Aleppo;Mailand;Belgrad;Hanoi;Freiburg im
    Breisgau;Görlitz;Kiel;Nürnberg;Saarbrücken;
    """
)
