# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Words that say nothing about what is sought, folded."""

_GERMAN = """
aber alle allem allen aller alles als also am an and andere anderen anderer auch auf aus bei beim
bekomme bekommen bekommt benotige benotigen bin bis bist bitte brauch brauche brauchen braucht da dabei
dafur damit danach danke dann darf das dass davon dazu dein deine deinem deinen deiner dem den denn der
deren des dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem
einen einer eines einfach er erst es etwas euch euer eure frage fragen fur ganz gar geb gebe geben geht
gehts gemeinde gern gerne gibt gibts gleich hab habe haben hallo hat hatte hatten her hier hin ich ihm
ihn ihnen ihr ihre ihrem ihren ihrer im in ins internet irgendwie ist ja jetzt kann kannst kein keine
keinen keiner komme kommen kommt konnen konnte konnten lassen mache machen macht mal man mehr mein meine
meinem meinen meiner meines mich mir mit mochte mochten muss mussen musste nach neu neue neuem neuen
neuer neues nicht nichts noch nun nur ob obwohl oder ohne online schon sehr sein seine seinem seinen
seiner seit selber selbst sich sie sind so soll sollen sollte sonst stadt tun uber um und uns unser
unsere unserem unseren unserer unter usw viel viele vom von vor wann war warum was weil welche welchem
welchen welcher welches wem wen wenn wer werden wie wieder will wir wird wo woher wohin wollen wollte
wurde wurden zu zum zur zustandig zustandige zwischen
"""

_ENGLISH = """
a about are at can do does for from get have how i is me my need new of on or please the there this to
want we what when where which who with would you your
"""

STOP_WORDS = frozenset((_GERMAN + _ENGLISH).split())
