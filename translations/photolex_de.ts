<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
    <context>
        <name>TagNames</name>
        <message>
            <source>article</source>
            <translation>Artikel</translation>
        </message>
        <message>
            <source>adjective</source>
            <translation>Adjektiv</translation>
        </message>
        <message>
            <source>noun</source>
            <translation>Nomen</translation>
        </message>
        <message>
            <source>nouns (plural)</source>
            <translation>Nomen (Mehrzahl)</translation>
        </message>
        <message>
            <source>verb (he, she, it)</source>
            <translation>Verb (er, sie, es)</translation>
        </message>
        <message>
            <source>verb (they)</source>
            <translation>Verb (sie)</translation>
        </message>
        <message>
            <source>verb (-ing)</source>
            <translation>Verb (-ing)</translation>
        </message>
        <message>
            <source>past participle</source>
            <translation>Partizip</translation>
        </message>
        <message>
            <source>preposition</source>
            <translation>Präposition</translation>
        </message>
        <message>
            <source>adverb</source>
            <translation>Adverb</translation>
        </message>
        <message>
            <source>conjunction</source>
            <translation>Konjunktion</translation>
        </message>
        <message>
            <source>number</source>
            <translation>Zahl</translation>
        </message>
        <message>
            <source>possessive</source>
            <translation>Possessiv</translation>
        </message>
        <message>
            <source>pronoun</source>
            <translation>Pronomen</translation>
        </message>
        <message>
            <source>particle</source>
            <translation>Partikel</translation>
        </message>
        <message>
            <source>to</source>
            <translation>to</translation>
        </message>
        <message>
            <source>verb (base form)</source>
            <translation>Verb (Grundform)</translation>
        </message>
        <message>
            <source>verb (past)</source>
            <translation>Verb (Vergangenheit)</translation>
        </message>
        <message>
            <source>modal verb</source>
            <translation>Modalverb</translation>
        </message>
        <message>
            <source>adjective (more)</source>
            <translation>Adjektiv (Steigerung)</translation>
        </message>
        <message>
            <source>adjective (most)</source>
            <translation>Adjektiv (Höchststufe)</translation>
        </message>
        <message>
            <source>adverb (more)</source>
            <translation>Adverb (Steigerung)</translation>
        </message>
        <message>
            <source>name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>there (is)</source>
            <translation>there (is)</translation>
        </message>
        <message>
            <source>who, what</source>
            <translation>who, what</translation>
        </message>
        <message>
            <source>which</source>
            <translation>which</translation>
        </message>
        <message>
            <source>where, when</source>
            <translation>where, when</translation>
        </message>
        <message>
            <source>all, both</source>
            <translation>all, both</translation>
        </message>
        <message>
            <source>possessive ending</source>
            <translation>Genitivendung</translation>
        </message>
        <message>
            <source>interjection</source>
            <translation>Ausruf</translation>
        </message>
        <message>
            <source>foreign word</source>
            <translation>Fremdwort</translation>
        </message>
        <message>
            <source>hyphen</source>
            <translation>Bindestrich</translation>
        </message>
    </context>
    <context>
        <name>photolex::main</name>
        <message>
            <source>Try again</source>
            <translation>Noch einmal versuchen</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Browse photos and find them by words.</source>
            <translation>Fotos ansehen und mit Worten finden.</translation>
        </message>
        <message>
            <source>The library to open or to make.</source>
            <translation>Die Sammlung, die geöffnet oder angelegt wird.</translation>
        </message>
        <message>
            <source>A folder of photos to open.</source>
            <translation>Ein Ordner mit Fotos, der geöffnet wird.</translation>
        </message>
        <message>
            <source>“%1” is not a folder.</source>
            <translation>„%1“ ist kein Ordner.</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::AgreementPanel</name>
        <message>
            <source>%1 – %2</source>
            <comment>two encoders</comment>
            <translation>%1 – %2</translation>
        </message>
        <message>
            <source>How alike the answers are</source>
            <translation>Wie ähnlich die Antworten sind</translation>
        </message>
        <message>
            <source>Photos that the encoders place farthest apart</source>
            <translation>Fotos, deren Plätze am weitesten auseinander liegen</translation>
        </message>
        <message>
            <source>Encoders</source>
            <translation>Encoder</translation>
        </message>
        <message>
            <source>Shared</source>
            <translation>Gemeinsam</translation>
        </message>
        <message>
            <source>Correl.</source>
            <comment>rank correlation, short</comment>
            <translation>Korrel.</translation>
        </message>
        <message>
            <source>RBO</source>
            <comment>rank-biased overlap, short</comment>
            <translation>RBO</translation>
        </message>
        <message>
            <source>Share of the first %1 photos that both find</source>
            <translation>Anteil der ersten %1 Fotos, die beide finden</translation>
        </message>
        <message>
            <source>Rank correlation (Spearman) of all photos that either finds</source>
            <translation>Rangkorrelation (Spearman) aller Fotos, die einer von beiden findet</translation>
        </message>
        <message>
            <source>Rank-biased overlap: like the share, but the first places weigh most</source>
            <translation>Rank-biased overlap: wie der Anteil, aber die ersten Plätze wiegen am meisten</translation>
        </message>
        <message>
            <source>How alike</source>
            <translation>Wie ähnlich</translation>
        </message>
        <message>
            <source>Where they disagree most</source>
            <translation>Wo sie am wenigsten einig sind</translation>
        </message>
        <message>
            <source>Photo</source>
            <translation>Foto</translation>
        </message>
        <message>
            <source>Places</source>
            <comment>of a photo, with two encoders</comment>
            <translation>Plätze</translation>
        </message>
        <message>
            <source>–</source>
            <comment>the photo has no place there</comment>
            <translation>–</translation>
        </message>
        <message>
            <source>%1: place %2 with %3, %4 with %5</source>
            <translation>%1: Platz %2 bei %3, %4 bei %5</translation>
        </message>
        <message>
            <source>%1 and %2</source>
            <comment>places of a photo with two encoders</comment>
            <translation>%1 und %2</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::Albums</name>
        <message>
            <source>There is an album of this name already. Choose another one.</source>
            <translation>Ein Album mit diesem Namen gibt es schon. Wählen Sie einen anderen.</translation>
        </message>
        <message>
            <source>Name of the album</source>
            <translation>Name des Albums</translation>
        </message>
        <message>
            <source>They are in “%1” already.</source>
            <translation>Sie sind schon in „%1“.</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) added to “%1”.</source>
            <translation>
                <numerusform>%n Foto zu „%1“ hinzugefügt.</numerusform>
                <numerusform>%n Fotos zu „%1“ hinzugefügt.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) taken out of the album. The files stay.</source>
            <translation>
                <numerusform>%n Foto aus dem Album genommen. Die Datei bleibt.</numerusform>
                <numerusform>%n Fotos aus dem Album genommen. Die Dateien bleiben.</numerusform>
            </translation>
        </message>
        <message>
            <source>New album</source>
            <translation>Neues Album</translation>
        </message>
        <message>
            <source>Create album</source>
            <translation>Album anlegen</translation>
        </message>
        <message>
            <source>Rename album</source>
            <translation>Album umbenennen</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Umbenennen</translation>
        </message>
        <message>
            <source>Remove the album “%1”?</source>
            <translation>Das Album „%1“ entfernen?</translation>
        </message>
        <message>
            <source>Its photos stay in the library, and their files where they are.</source>
            <translation>Seine Fotos bleiben in der Sammlung, und ihre Dateien, wo sie sind.</translation>
        </message>
        <message>
            <source>Remove album</source>
            <translation>Album entfernen</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::AnswerText</name>
        <message>
            <source>“%1”</source>
            <translation>„%1“</translation>
        </message>
        <message>
            <source>in the caption</source>
            <translation>im Bildtext</translation>
        </message>
        <message>
            <source>in the keywords</source>
            <translation>in den Schlagwörtern</translation>
        </message>
        <message>
            <source>in the file name</source>
            <translation>im Dateinamen</translation>
        </message>
        <message>
            <source>in the folder&apos;s name</source>
            <translation>im Namen des Ordners</translation>
        </message>
        <message>
            <source>in the title</source>
            <translation>im Titel</translation>
        </message>
        <message>
            <source>, </source>
            <comment>between reasons</comment>
            <translation>, </translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Nichts gefunden</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) by name or caption</source>
            <translation>
                <numerusform>%n Foto nach Name oder Bildtext</numerusform>
                <numerusform>%n Fotos nach Name oder Bildtext</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing fits well; the nearest come first</source>
            <translation>Nichts passt gut; die nächsten stehen vorn</translation>
        </message>
        <message numerus="yes">
            <source>%n similar photo(s)</source>
            <translation>
                <numerusform>%n ähnliches Foto</numerusform>
                <numerusform>%n ähnliche Fotos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) fit</source>
            <translation>
                <numerusform>%n Foto passt</numerusform>
                <numerusform>%n Fotos passen</numerusform>
            </translation>
        </message>
        <message>
            <source>The encoder is still opening: so far only names and captions are searched.</source>
            <translation>Der Encoder wird noch geöffnet: Bis dahin werden nur Namen und Bildtexte durchsucht.</translation>
        </message>
        <message>
            <source>Not known: %1.</source>
            <translation>Nicht bekannt: %1.</translation>
        </message>
        <message>
            <source>, </source>
            <comment>between words</comment>
            <translation>, </translation>
        </message>
        <message>
            <source>Meant %1?</source>
            <extracomment>%1 is a list of words that can be clicked</extracomment>
            <translation>Gemeint: %1?</translation>
        </message>
        <message>
            <source>The other words were searched.</source>
            <translation>Die anderen Wörter wurden gesucht.</translation>
        </message>
        <message>
            <source>Most of these words are not known. The encoder knows %1: try it in that language.</source>
            <translation>Die meisten dieser Wörter sind nicht bekannt. Der Encoder kennt %1: Versuchen Sie es in dieser Sprache.</translation>
        </message>
        <message>
            <source>The text is long: only its beginning was searched.</source>
            <translation>Der Text ist lang: Nur sein Anfang wurde gesucht.</translation>
        </message>
        <message>
            <source>Words with a minus only take photos away. Add what should be in the picture.</source>
            <translation>Wörter mit Minus nehmen nur Fotos weg. Ergänzen Sie, was auf dem Bild sein soll.</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) are not embedded yet and can only be found by name.</source>
            <translation>
                <numerusform>%n Foto ist noch nicht erschlossen und nur nach Namen zu finden.</numerusform>
                <numerusform>%n Fotos sind noch nicht erschlossen und nur nach Namen zu finden.</numerusform>
            </translation>
        </message>
        <message>
            <source>There is no word in it yet. Try “dog on a beach”, or drop a picture.</source>
            <translation>Noch steht kein Wort darin. Versuchen Sie „dog on a beach“ oder legen Sie ein Bild ab.</translation>
        </message>
        <message>
            <source>Words with a minus only take photos away. Add what should be in the picture: “beach -people”.</source>
            <translation>Wörter mit Minus nehmen nur Fotos weg. Ergänzen Sie, was auf dem Bild sein soll: „beach -people“.</translation>
        </message>
        <message>
            <source>English</source>
            <translation>Englisch</translation>
        </message>
        <message>
            <source>German</source>
            <translation>Deutsch</translation>
        </message>
        <message>
            <source>Most of these words are not known to the encoder. Try other words.</source>
            <translation>Die meisten dieser Wörter kennt der Encoder nicht. Versuchen Sie andere Wörter.</translation>
        </message>
        <message numerus="yes">
            <source>The nearest %n photo(s)</source>
            <translation>
                <numerusform>Das nächste Foto</numerusform>
                <numerusform>Die nächsten %n Fotos</numerusform>
            </translation>
        </message>
        <message>
            <source>Work on it as an expression</source>
            <extracomment>a link that opens the place where expressions are put together</extracomment>
            <translation>Als Ausdruck bearbeiten</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::BenchControls</name>
        <message>
            <source>Settings of the bench</source>
            <translation>Einstellungen der Werkbank</translation>
        </message>
        <message>
            <source>Structures</source>
            <translation>Strukturen</translation>
        </message>
        <message>
            <source>How many structures are drawn from those of captions</source>
            <translation>Wie viele Strukturen aus denen von Bildtexten gezogen werden</translation>
        </message>
        <message>
            <source>From similar</source>
            <translation>Von ähnlichen</translation>
        </message>
        <message>
            <source>How many more structures come from sentences about similar photos</source>
            <translation>Wie viele Strukturen dazu aus Sätzen über ähnliche Fotos kommen</translation>
        </message>
        <message>
            <source>Search width</source>
            <translation>Suchbreite</translation>
        </message>
        <message>
            <source>Beginnings that are followed at every word</source>
            <translation>Anfänge, die bei jedem Wort weiterverfolgt werden</translation>
        </message>
        <message>
            <source>Candidates</source>
            <translation>Kandidaten</translation>
        </message>
        <message>
            <source>Captions that are shown of each structure</source>
            <translation>Bildtexte, die zu jeder Struktur gezeigt werden</translation>
        </message>
        <message>
            <source>Chance</source>
            <translation>Zufall</translation>
        </message>
        <message>
            <source>0: always the likeliest words; more is more surprising</source>
            <translation>0: immer die wahrscheinlichsten Wörter; mehr überrascht mehr</translation>
        </message>
        <message>
            <source>Shortest</source>
            <translation>Kürzeste</translation>
        </message>
        <message>
            <source>Words of a drawn structure, at least</source>
            <translation>Wörter einer gezogenen Struktur, mindestens</translation>
        </message>
        <message>
            <source>Longest</source>
            <translation>Längste</translation>
        </message>
        <message>
            <source>Words of a drawn structure, at most</source>
            <translation>Wörter einer gezogenen Struktur, höchstens</translation>
        </message>
        <message>
            <source>Nearness</source>
            <translation>Nähe</translation>
        </message>
        <message>
            <source>Weight of the nearness to the photo in the score</source>
            <translation>Gewicht der Nähe zum Foto in der Wertung</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Weight of the likely words in the score</source>
            <translation>Gewicht der wahrscheinlichen Wörter in der Wertung</translation>
        </message>
        <message>
            <source>Structure</source>
            <translation>Struktur</translation>
        </message>
        <message>
            <source>Weight of the frequent structure in the score</source>
            <translation>Gewicht der häufigen Struktur in der Wertung</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::BenchDocument</name>
        <message>
            <source>other part of speech</source>
            <translation>andere Wortart</translation>
        </message>
        <message>
            <source>free word</source>
            <translation>freies Wort</translation>
        </message>
        <message>
            <source>fixed word</source>
            <translation>festes Wort</translation>
        </message>
        <message>
            <source>inserted word</source>
            <translation>eingefügtes Wort</translation>
        </message>
        <message>
            <source>removed word</source>
            <translation>entferntes Wort</translation>
        </message>
        <message>
            <source>moved word</source>
            <translation>verschobenes Wort</translation>
        </message>
        <message>
            <source>drawn structures</source>
            <translation>gezogene Strukturen</translation>
        </message>
        <message>
            <source>required words</source>
            <translation>verlangte Wörter</translation>
        </message>
        <message>
            <source>banned words</source>
            <translation>verbotene Wörter</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::BulkDialog</name>
        <message numerus="yes">
            <source>The %n selected photo(s)</source>
            <translation>
                <numerusform>Das ausgewählte Foto</numerusform>
                <numerusform>Die %n ausgewählten Fotos</numerusform>
            </translation>
        </message>
        <message>
            <source>Find</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>Regular expression</source>
            <translation>Regulärer Ausdruck</translation>
        </message>
        <message>
            <source>Match case</source>
            <translation>Groß und klein unterscheiden</translation>
        </message>
        <message>
            <source>Whole words</source>
            <translation>Ganze Wörter</translation>
        </message>
        <message>
            <source>Insert</source>
            <translation>Einfügen</translation>
        </message>
        <message>
            <source>Change many captions</source>
            <translation>Viele Bildtexte ändern</translation>
        </message>
        <message>
            <source>Kind of change</source>
            <translation>Art der Änderung</translation>
        </message>
        <message>
            <source>Find and replace</source>
            <translation>Suchen und ersetzen</translation>
        </message>
        <message>
            <source>Put in front</source>
            <translation>Voranstellen</translation>
        </message>
        <message>
            <source>Put behind</source>
            <translation>Anhängen</translation>
        </message>
        <message>
            <source>Write anew from a template</source>
            <translation>Nach einer Vorlage neu schreiben</translation>
        </message>
        <message>
            <source>$1, $2 … in the replacement stand for the groups in brackets</source>
            <translation>$1, $2 … im Ersatz stehen für die Gruppen in Klammern</translation>
        </message>
        <message>
            <source>What would change</source>
            <translation>Was sich ändern würde</translation>
        </message>
        <message>
            <source>Photo</source>
            <translation>Foto</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>Jetzt</translation>
        </message>
        <message>
            <source>Then</source>
            <translation>Danach</translation>
        </message>
        <message numerus="yes">
            <source>All %n photo(s) of the list</source>
            <translation>
                <numerusform>Das eine Foto der Liste</numerusform>
                <numerusform>Alle %n Fotos der Liste</numerusform>
            </translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Folder above</source>
            <translation>Ordner darüber</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Name with its ending</source>
            <translation>Name mit Endung</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>Datum</translation>
        </message>
        <message>
            <source>Year</source>
            <translation>Jahr</translation>
        </message>
        <message>
            <source>Month</source>
            <translation>Monat</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Tag</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Uhrzeit</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>Kamera</translation>
        </message>
        <message>
            <source>Title</source>
            <translation>Titel</translation>
        </message>
        <message>
            <source>Running number</source>
            <translation>Laufende Nummer</translation>
        </message>
        <message>
            <source>The caption that is there</source>
            <translation>Der Bildtext, der da ist</translation>
        </message>
        <message>
            <source>%1  %2</source>
            <extracomment>an entry that puts {folder} into the text: its meaning, and what is put in</extracomment>
            <translation>%1  %2</translation>
        </message>
        <message>
            <source>Change captions</source>
            <translation>Bildtexte ändern</translation>
        </message>
        <message>
            <source>Replace with</source>
            <translation>Ersetzen durch</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>Text</translation>
        </message>
        <message>
            <source>Type what is to be found.</source>
            <translation>Geben Sie ein, was gesucht wird.</translation>
        </message>
        <message>
            <source>Type a text; “Insert” puts in what is known of each photo.</source>
            <translation>Geben Sie einen Text ein; „Einfügen“ setzt ein, was über jedes Foto bekannt ist.</translation>
        </message>
        <message>
            <source>Looking…</source>
            <translation>Wird gesucht …</translation>
        </message>
        <message>
            <source>This pattern takes too long, or makes too much of a caption. Nothing was changed.</source>
            <translation>Dieses Muster braucht zu lange oder macht einen Bildtext zu lang. Nichts wurde geändert.</translation>
        </message>
        <message>
            <source>This is no regular expression, or its replacement names a group that it lacks. A backslash before a sign takes it as it is.</source>
            <translation>Das ist kein regulärer Ausdruck, oder der Ersatz nennt eine Gruppe, die es nicht gibt. Ein \ vor einem Zeichen nimmt es, wie es ist.</translation>
        </message>
        <message>
            <source>What stands in braces is not known. “Insert” shows what can stand there; “{{” is a brace.</source>
            <translation>Was in geschweiften Klammern steht, ist nicht bekannt. „Einfügen“ zeigt, was dort stehen kann; „{{“ ist eine Klammer.</translation>
        </message>
        <message numerus="yes">
            <source>%n caption(s) would change.</source>
            <translation>
                <numerusform>%n Bildtext würde sich ändern.</numerusform>
                <numerusform>%n Bildtexte würden sich ändern.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) lack what the text asks for and stay as they are.</source>
            <translation>
                <numerusform>%n Foto fehlt, was der Text verlangt; es bleibt, wie es ist.</numerusform>
                <numerusform>%n Fotos fehlt, was der Text verlangt; sie bleiben, wie sie sind.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The first %n are shown.</source>
            <translation>
                <numerusform>Der erste wird gezeigt.</numerusform>
                <numerusform>Die ersten %n werden gezeigt.</numerusform>
            </translation>
        </message>
        <message>
            <source>replacing</source>
            <comment>in: undo replacing</comment>
            <translation>Ersetzen</translation>
        </message>
        <message>
            <source>change of many captions</source>
            <comment>in: undo change of many captions</comment>
            <translation>Ändern vieler Bildtexte</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::BundlePage</name>
        <message>
            <source>Fault</source>
            <translation>Fehler</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Version</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>Comes from</source>
            <translation>Herkunft</translation>
        </message>
        <message>
            <source>Trained on</source>
            <translation>Trainiert mit</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Speed here</source>
            <translation>Tempo hier</translation>
        </message>
        <message>
            <source>Not measured yet</source>
            <translation>Noch nicht gemessen</translation>
        </message>
        <message>
            <source>Encoders of the bundle</source>
            <translation>Encoder des Modellpakets</translation>
        </message>
        <message>
            <source>Encoder</source>
            <translation>Encoder</translation>
        </message>
        <message>
            <source>Dimensions</source>
            <translation>Dimensionen</translation>
        </message>
        <message>
            <source>A sentence here</source>
            <translation>Ein Satz hier</translation>
        </message>
        <message>
            <source>Captions, in percent, whose own photo is among the first ten of a thousand</source>
            <translation>Bildtexte, in Prozent, deren eigenes Foto unter den ersten zehn von tausend ist</translation>
        </message>
        <message>
            <source>Photos, in percent, with one of their own captions among the first ten of five thousand</source>
            <translation>Fotos, in Prozent, bei denen ein eigener Bildtext unter den ersten zehn von fünftausend ist</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <comment>id of an encoder, its name</comment>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>%1 ms a photo, %2 photos a second on one core; reading the file not counted</source>
            <translation>%1 ms je Foto, %2 Fotos in der Sekunde auf einem Kern; ohne das Lesen der Datei</translation>
        </message>
        <message>
            <source>%1 ms</source>
            <translation>%1 ms</translation>
        </message>
        <message>
            <source>Photo in first 10</source>
            <translation>Foto unter 10</translation>
        </message>
        <message>
            <source>Caption in first 10</source>
            <translation>Bildtext unter 10</translation>
        </message>
        <message numerus="yes">
            <source>Of %n photo(s) that it did not learn from</source>
            <translation>
                <numerusform>Von %n Foto, aus dem er nicht gelernt hat</numerusform>
                <numerusform>Von %n Fotos, aus denen er nicht gelernt hat</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing is computed: its rows came ready-made</source>
            <translation>Hier wird nichts berechnet: Die Zeilen kamen fertig</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::CandidateModel</name>
        <message>
            <source>A sentence that someone wrote for another photo</source>
            <translation>Ein Satz, den jemand für ein anderes Foto schrieb</translation>
        </message>
        <message>
            <source>%1 (found)</source>
            <extracomment>%1 is a caption that was found, not written by the program</extracomment>
            <translation>%1 (gefunden)</translation>
        </message>
        <message>
            <source>The weighted sum of what stands beside it; the best comes first</source>
            <translation>Die gewichtete Summe dessen, was daneben steht; das Beste zuerst</translation>
        </message>
        <message>
            <source>How near the sentence lies to the photo</source>
            <translation>Wie nahe der Satz beim Foto liegt</translation>
        </message>
        <message>
            <source>How likely its words are, as the mean logarithm</source>
            <translation>Wie wahrscheinlich die Wörter sind, als mittlerer Logarithmus</translation>
        </message>
        <message>
            <source>How frequent its structure is among captions, as a logarithm</source>
            <translation>Wie häufig die Struktur unter Bildtexten ist, als Logarithmus</translation>
        </message>
        <message>
            <source>Caption</source>
            <translation>Bildtext</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>Wertung</translation>
        </message>
        <message>
            <source>Nearness</source>
            <translation>Nähe</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Structure</source>
            <translation>Struktur</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::CaptionBar</name>
        <message>
            <source>Photos of</source>
            <translation>Fotos aus</translation>
        </message>
        <message>
            <source>All photos</source>
            <translation>Alle Fotos</translation>
        </message>
        <message>
            <source>With or without a caption</source>
            <translation>Mit oder ohne Bildtext</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Alle</translation>
        </message>
        <message>
            <source>Without caption</source>
            <translation>Ohne Bildtext</translation>
        </message>
        <message>
            <source>With caption</source>
            <translation>Mit Bildtext</translation>
        </message>
        <message>
            <source>Order</source>
            <translation>Reihenfolge</translation>
        </message>
        <message>
            <source>By folder</source>
            <translation>Nach Ordner</translation>
        </message>
        <message>
            <source>Oldest first</source>
            <translation>Älteste zuerst</translation>
        </message>
        <message>
            <source>Newest first</source>
            <translation>Neueste zuerst</translation>
        </message>
        <message>
            <source>Shortest caption first</source>
            <translation>Kürzester Bildtext zuerst</translation>
        </message>
        <message>
            <source>Longest caption first</source>
            <translation>Längster Bildtext zuerst</translation>
        </message>
        <message>
            <source>Words in the caption</source>
            <translation>Wörter im Bildtext</translation>
        </message>
        <message>
            <source>Shows only photos whose caption has these words</source>
            <translation>Zeigt nur Fotos, in deren Bildtext diese Wörter stehen</translation>
        </message>
        <message>
            <source>Everything that can be done with captions</source>
            <translation>Alles, was mit Bildtexten geht</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s)</source>
            <translation>
                <numerusform>%n Foto</numerusform>
                <numerusform>%n Fotos</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 · %2 without</source>
            <extracomment>how many photos are shown, and how many of the folder have no caption</extracomment>
            <translation>%1 · %2 ohne</translation>
        </message>
        <message>
            <source>Selected photos (%L1)</source>
            <extracomment>photos that were selected in the library, the search or on the map</extracomment>
            <translation>Ausgewählte Fotos (%L1)</translation>
        </message>
        <message>
            <source>Those that were selected in the library, among results, or on the map</source>
            <translation>Die in der Bibliothek, unter Ergebnissen oder auf der Karte ausgewählt wurden</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::CaptionBench</name>
        <message>
            <source>Draw other structures</source>
            <translation>Andere Strukturen ziehen</translation>
        </message>
        <message>
            <source>Use as caption</source>
            <translation>Als Bildtext nehmen</translation>
        </message>
        <message>
            <source>Caption bench</source>
            <translation>Werkbank für einen Bildtext</translation>
        </message>
        <message>
            <source>Structure</source>
            <translation>Struktur</translation>
        </message>
        <message>
            <source>Other structures are drawn from those of captions; a structure of your own is put away</source>
            <translation>Andere Strukturen werden aus denen von Bildtexten gezogen; eine eigene Struktur wird weggelegt</translation>
        </message>
        <message>
            <source>The selected candidate becomes the photo&apos;s caption; this can be undone</source>
            <translation>Der ausgewählte Kandidat wird zum Bildtext des Fotos; das lässt sich zurücknehmen</translation>
        </message>
        <message>
            <source>words that must occur</source>
            <translation>Wörter, die vorkommen müssen</translation>
        </message>
        <message>
            <source>words that must not occur</source>
            <translation>Wörter, die nicht vorkommen dürfen</translation>
        </message>
        <message>
            <source>With</source>
            <translation>Mit</translation>
        </message>
        <message>
            <source>Without</source>
            <translation>Ohne</translation>
        </message>
        <message>
            <source>Candidates</source>
            <translation>Kandidaten</translation>
        </message>
        <message>
            <source>What a photo here would be: %1</source>
            <extracomment>%1 is an expression or a place on the map</extracomment>
            <translation>Was ein Foto hier wäre: %1</translation>
        </message>
        <message>
            <source>The models are still being opened.</source>
            <translation>Die Modelle werden noch geöffnet.</translation>
        </message>
        <message>
            <source>This photo is not read yet; its captions come when it is.</source>
            <translation>Dieses Foto ist noch nicht eingelesen; seine Bildtexte kommen, sobald es so weit ist.</translation>
        </message>
        <message>
            <source>The installed models cannot write captions.</source>
            <translation>Die installierten Modelle können keine Bildtexte schreiben.</translation>
        </message>
        <message>
            <source>No caption fits: a word that is required or fixed takes no place of this structure. Take a word away, or change a part of speech.</source>
            <translation>Kein Bildtext passt: Ein verlangtes oder festes Wort findet in dieser Struktur keinen Platz. Nehmen Sie ein Wort weg oder ändern Sie eine Wortart.</translation>
        </message>
        <message>
            <source>“%1” is no word that the captions are made of.</source>
            <extracomment>%1 is a word</extracomment>
            <translation>„%1“ ist kein Wort, aus dem die Bildtexte bestehen.</translation>
        </message>
        <message>
            <source>Back to the photos</source>
            <translation>Zurück zu den Fotos</translation>
        </message>
        <message>
            <source>The bench is for the photo that is chosen in the strip again</source>
            <translation>Die Werkbank gehört wieder dem Foto, das im Streifen gewählt ist</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::CaptionEdits</name>
        <message>
            <source>typing</source>
            <comment>in: undo typing</comment>
            <translation>Tippen</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::CaptionField</name>
        <message>
            <source>Caption</source>
            <translation>Bildtext</translation>
        </message>
        <message>
            <source>Words that go on like this</source>
            <translation>Wörter, die so weitergehen</translation>
        </message>
        <message>
            <source>Tab takes the first word, Down chooses another</source>
            <translation>Tab nimmt das erste Wort, Pfeil nach unten wählt ein anderes</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::CaptionJobDialog</name>
        <message>
            <source>Write anew what was written before</source>
            <translation>Neu schreiben, was schon geschrieben war</translation>
        </message>
        <message>
            <source>Also for photos that have a caption</source>
            <translation>Auch für Fotos, die einen Bildtext haben</translation>
        </message>
        <message>
            <source>Caption all</source>
            <translation>Alle betexten</translation>
        </message>
        <message>
            <source>Captions are written in the background, for photos without one. They are proposals: your own texts stay as they are, and a proposal becomes a caption only when you take it. The job may be broken off at any time; it goes on where it was.</source>
            <translation>Bildtexte werden im Hintergrund geschrieben, für Fotos ohne einen. Es sind Vorschläge: Ihre eigenen Texte bleiben, wie sie sind, und ein Vorschlag wird erst zum Bildtext, wenn Sie ihn nehmen. Die Arbeit darf jederzeit abgebrochen werden; sie geht dort weiter, wo sie war.</translation>
        </message>
        <message>
            <source>Your caption stays; the proposal stands beside it</source>
            <translation>Ihr Bildtext bleibt; der Vorschlag steht daneben</translation>
        </message>
        <message>
            <source>Write captions</source>
            <translation>Bildtexte schreiben</translation>
        </message>
        <message numerus="yes">
            <source>%1: %n photo(s)</source>
            <extracomment>%1 is what is captioned, e.g. &quot;All photos&quot;</extracomment>
            <translation>
                <numerusform>%1: ein Foto</numerusform>
                <numerusform>%1: %n Fotos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n caption(s) written</source>
            <translation>
                <numerusform>ein Bildtext geschrieben</numerusform>
                <numerusform>%n Bildtexte geschrieben</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 % of them different ones</source>
            <translation>%1 % davon verschieden</translation>
        </message>
        <message numerus="yes">
            <source>%n written before</source>
            <translation>
                <numerusform>einer früher geschrieben</numerusform>
                <numerusform>%n früher geschrieben</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n have a caption</source>
            <translation>
                <numerusform>eines hat einen Bildtext</numerusform>
                <numerusform>%n haben einen Bildtext</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n not read yet</source>
            <translation>
                <numerusform>eines noch nicht eingelesen</numerusform>
                <numerusform>%n noch nicht eingelesen</numerusform>
            </translation>
        </message>
        <message>
            <source>The models are still being opened.</source>
            <translation>Die Modelle werden noch geöffnet.</translation>
        </message>
        <message>
            <source>Break off</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Broken off: %1</source>
            <translation>Abgebrochen: %1</translation>
        </message>
        <message>
            <source>No captions can be written: the photos are not read yet, or the installed models cannot write captions.</source>
            <translation>Es können keine Bildtexte geschrieben werden: Die Fotos sind noch nicht eingelesen, oder die installierten Modelle können keine Bildtexte schreiben.</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::CaptionPanels</name>
        <message>
            <source>Suggestions</source>
            <translation>Vorschläge</translation>
        </message>
        <message>
            <source>History of this photo&apos;s captions</source>
            <translation>Frühere Bildtexte dieses Fotos</translation>
        </message>
        <message>
            <source>Words of the captions</source>
            <translation>Wörter der Bildtexte</translation>
        </message>
        <message>
            <source>Find a word</source>
            <translation>Ein Wort suchen</translation>
        </message>
        <message>
            <source>A double click brings an earlier text back.</source>
            <translation>Ein Doppelklick holt einen früheren Text zurück.</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <source>A click shows the photos whose caption has the word.</source>
            <translation>Ein Klick zeigt die Fotos, in deren Bildtext das Wort steht.</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>Wörter</translation>
        </message>
        <message>
            <source>as %1</source>
            <translation>wie %1</translation>
        </message>
        <message>
            <source>Alt+%1  %2
%3</source>
            <extracomment>a suggestion: the key that takes it, its text, and where it comes from</extracomment>
            <translation>Alt+%1  %2
%3</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <extracomment>a word, and in how many captions it is</extracomment>
            <translation>%1 (%2)</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::CaptionPicture</name>
        <message>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>The drive or folder that holds this photo is not connected.</source>
            <translation>Das Laufwerk oder der Ordner mit diesem Foto ist nicht angeschlossen.</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::CaptionedPanel</name>
        <message>
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Captioned photos</source>
            <translation>Fotos mit Bildtext</translation>
        </message>
        <message>
            <source>A folder with .txt or XMP beside the photos…</source>
            <translation>Ein Ordner mit .txt oder XMP neben den Fotos…</translation>
        </message>
        <message>
            <source>A file of captions (TSV, COCO, Karpathy, Flickr)…</source>
            <translation>Eine Datei mit Bildtexten (TSV, COCO, Karpathy, Flickr)…</translation>
        </message>
        <message>
            <source>Part of the set</source>
            <translation>Teil der Sammlung</translation>
        </message>
        <message>
            <source>What is looked for</source>
            <translation>Was gesucht wird</translation>
        </message>
        <message>
            <source>Photos for captions</source>
            <translation>Fotos zu Bildtexten</translation>
        </message>
        <message>
            <source>Captions for photos</source>
            <translation>Bildtexte zu Fotos</translation>
        </message>
        <message>
            <source>Save a chart or its numbers</source>
            <translation>Ein Diagramm oder seine Zahlen speichern</translation>
        </message>
        <message>
            <source>Recall curves…</source>
            <translation>Trefferkurven…</translation>
        </message>
        <message>
            <source>Ranks…</source>
            <translation>Ränge…</translation>
        </message>
        <message>
            <source>Recall and ranks of each encoder</source>
            <translation>Trefferquote und Ränge jedes Encoders</translation>
        </message>
        <message>
            <source>Looking at the photos with %1…</source>
            <translation>Fotos werden mit %1 angesehen…</translation>
        </message>
        <message>
            <source>Captions</source>
            <translation>Bildtexte</translation>
        </message>
        <message>
            <source>Captions (*.tsv *.json *.token *.txt)</source>
            <translation>Bildtexte (*.tsv *.json *.token *.txt)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
        <message>
            <source>These photos cannot be measured</source>
            <translation>Mit diesen Fotos lässt sich nicht messen</translation>
        </message>
        <message>
            <source>Open a captioned folder</source>
            <translation>Ordner mit Bildtexten öffnen</translation>
        </message>
        <message>
            <source>How well does each encoder find the right photo?</source>
            <translation>Wie gut findet jeder Encoder das richtige Foto?</translation>
        </message>
        <message>
            <source>Choose photos with captions. Each caption is searched for, and the place of its own photo is counted.</source>
            <translation>Wählen Sie Fotos mit Bildtexten. Nach jedem Bildtext wird gesucht, und gezählt wird, an welcher Stelle sein eigenes Foto steht.</translation>
        </message>
        <message>
            <source>%1: %2 photos, %3 captions</source>
            <translation>%1: %2 Fotos, %3 Bildtexte</translation>
        </message>
        <message>
            <source>Captions whose photo is among the first k</source>
            <translation>Bildtexte, deren Foto unter den ersten k ist</translation>
        </message>
        <message>
            <source>Photos with a caption among the first k</source>
            <translation>Fotos mit einem Bildtext unter den ersten k</translation>
        </message>
        <message>
            <source>k</source>
            <translation>k</translation>
        </message>
        <message>
            <source>Recall, %</source>
            <translation>Trefferquote, %</translation>
        </message>
        <message>
            <source>Ranks of the right photo</source>
            <translation>Ränge des richtigen Fotos</translation>
        </message>
        <message>
            <source>Ranks of the first right caption</source>
            <translation>Ränge des ersten richtigen Bildtextes</translation>
        </message>
        <message>
            <source>Rank</source>
            <translation>Rang</translation>
        </message>
        <message>
            <source>Share, %</source>
            <translation>Anteil, %</translation>
        </message>
        <message>
            <source>%1–%2</source>
            <comment>from rank, to rank</comment>
            <translation>%1–%2</translation>
        </message>
        <message>
            <source>Encoder</source>
            <translation>Encoder</translation>
        </message>
        <message>
            <source>Recall@1</source>
            <translation>Treffer@1</translation>
        </message>
        <message>
            <source>Recall@5</source>
            <translation>Treffer@5</translation>
        </message>
        <message>
            <source>Recall@10</source>
            <translation>Treffer@10</translation>
        </message>
        <message>
            <source>Median rank</source>
            <translation>Mittlerer Rang (Median)</translation>
        </message>
        <message>
            <source>Mean rank</source>
            <translation>Durchschnittsrang</translation>
        </message>
        <message>
            <source>Save chart</source>
            <translation>Diagramm speichern</translation>
        </message>
        <message>
            <source>Drawing (*.svg)</source>
            <translation>Zeichnung (*.svg)</translation>
        </message>
        <message>
            <source>Picture (*.png)</source>
            <translation>Bild (*.png)</translation>
        </message>
        <message>
            <source>Numbers (*.csv)</source>
            <translation>Zahlen (*.csv)</translation>
        </message>
        <message>
            <source>The chart was written to “%1”.</source>
            <translation>Das Diagramm wurde nach „%1“ geschrieben.</translation>
        </message>
        <message>
            <source>It has no text side, so captions say nothing to it</source>
            <translation>Er liest keinen Text, Bildtexte sagen ihm also nichts</translation>
        </message>
        <message>
            <source>These encoders have no text side</source>
            <translation>Diese Encoder lesen keinen Text</translation>
        </message>
        <message>
            <source>Captions say nothing to them. Choose another encoder above.</source>
            <translation>Bildtexte sagen ihnen nichts. Wählen Sie oben einen anderen Encoder.</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::CaptionsPlace</name>
        <message>
            <source>Captions</source>
            <translation>Bildtexte</translation>
        </message>
        <message>
            <source>Photos to caption</source>
            <translation>Fotos für Bildtexte</translation>
        </message>
        <message>
            <source>Enter: next · Ctrl+Enter: next without caption · Alt+1: take the first suggestion · Ctrl+D: as the photo before · Shift+Enter: new line</source>
            <extracomment>the most important keys; the others stand in the menu</extracomment>
            <translation>Eingabe: weiter · Strg+Eingabe: weiter ohne Bildtext · Alt+1: erster Vorschlag · Strg+D: wie das Foto davor · Umschalt+Eingabe: neue Zeile</translation>
        </message>
        <message>
            <source>What is on this photo?</source>
            <translation>Was ist auf diesem Foto?</translation>
        </message>
        <message>
            <source>The caption is not saved yet, and is kept here: %1 It is tried again by itself.</source>
            <extracomment>%1 says what is wrong</extracomment>
            <translation>Der Bildtext ist noch nicht gespeichert und bleibt hier: %1 Es wird von selbst noch einmal versucht.</translation>
        </message>
        <message>
            <source>All captions are saved now.</source>
            <translation>Alle Bildtexte sind jetzt gespeichert.</translation>
        </message>
        <message numerus="yes">
            <source>%n caption(s) had been changed since and were left as they are.</source>
            <translation>
                <numerusform>%n Bildtext wurde seitdem geändert und blieb, wie er ist.</numerusform>
                <numerusform>%n Bildtexte wurden seitdem geändert und blieben, wie sie sind.</numerusform>
            </translation>
        </message>
        <message>
            <source>The change concerns a photo that is not in this list.</source>
            <translation>Die Änderung betrifft ein Foto, das nicht in dieser Liste ist.</translation>
        </message>
        <message>
            <source>going back</source>
            <comment>in: undo going back</comment>
            <translation>Zurückholen</translation>
        </message>
        <message>
            <source>Every photo has a caption</source>
            <translation>Jedes Foto hat einen Bildtext</translation>
        </message>
        <message>
            <source>There is nothing left to write here.</source>
            <translation>Hier ist nichts mehr zu schreiben.</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Alle zeigen</translation>
        </message>
        <message>
            <source>No photo passes the filter</source>
            <translation>Kein Foto passt zum Filter</translation>
        </message>
        <message>
            <source>Your photos are still there. Take the filter away to see them.</source>
            <translation>Ihre Fotos sind noch da. Nehmen Sie den Filter weg, um sie zu sehen.</translation>
        </message>
        <message>
            <source>No photos yet</source>
            <translation>Noch keine Fotos</translation>
        </message>
        <message>
            <source>Open a folder of photos. They stay where they are and are never changed.</source>
            <translation>Öffnen Sie einen Ordner mit Fotos. Sie bleiben, wo sie sind, und werden nie verändert.</translation>
        </message>
        <message>
            <source>Open a folder of photos…</source>
            <translation>Ordner mit Fotos öffnen …</translation>
        </message>
        <message>
            <source>This photo is not in the library any more.</source>
            <translation>Dieses Foto ist nicht mehr in der Sammlung.</translation>
        </message>
        <message>
            <source>No caption yet</source>
            <translation>Noch kein Bildtext</translation>
        </message>
        <message>
            <source>Nothing to suggest yet: captions of similar photos appear here, once there are some.</source>
            <translation>Noch kein Vorschlag: Hier erscheinen Bildtexte ähnlicher Fotos, sobald es welche gibt.</translation>
        </message>
        <message>
            <source>The model is being opened…</source>
            <translation>Das Modell wird geöffnet …</translation>
        </message>
        <message>
            <source>Next photo</source>
            <translation>Nächstes Foto</translation>
        </message>
        <message>
            <source>Previous photo</source>
            <translation>Voriges Foto</translation>
        </message>
        <message>
            <source>Next photo without caption</source>
            <translation>Nächstes Foto ohne Bildtext</translation>
        </message>
        <message>
            <source>Take a suggestion</source>
            <translation>Vorschlag übernehmen</translation>
        </message>
        <message>
            <source>Suggestion %1</source>
            <translation>Vorschlag %1</translation>
        </message>
        <message>
            <source>Caption of the photo before</source>
            <translation>Bildtext des Fotos davor</translation>
        </message>
        <message>
            <source>Copy to the next photo</source>
            <translation>Auf das nächste Foto kopieren</translation>
        </message>
        <message>
            <source>Copy to all selected photos</source>
            <translation>Auf alle ausgewählten Fotos kopieren</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Wiederholen</translation>
        </message>
        <message>
            <source>Undo %1</source>
            <translation>%1 rückgängig machen</translation>
        </message>
        <message>
            <source>Redo %1</source>
            <translation>%1 wiederholen</translation>
        </message>
        <message>
            <source>Change many captions…</source>
            <translation>Viele Bildtexte ändern …</translation>
        </message>
        <message>
            <source>Export captions…</source>
            <translation>Bildtexte exportieren …</translation>
        </message>
        <message>
            <source>Import captions…</source>
            <translation>Bildtexte importieren …</translation>
        </message>
        <message>
            <source>typing</source>
            <comment>in: undo typing</comment>
            <translation>Tippen</translation>
        </message>
        <message>
            <source>What was being typed when Photolex ended is kept as the caption of its photo.</source>
            <translation>Was beim Ende von Photolex gerade getippt wurde, ist als Bildtext seines Fotos erhalten.</translation>
        </message>
        <message>
            <source>This is the last photo.</source>
            <translation>Das ist das letzte Foto.</translation>
        </message>
        <message>
            <source>This is the first photo.</source>
            <translation>Das ist das erste Foto.</translation>
        </message>
        <message>
            <source>No other photo here is without a caption.</source>
            <translation>Hier ist kein anderes Foto ohne Bildtext.</translation>
        </message>
        <message>
            <source>taking a suggestion</source>
            <comment>in: undo taking a suggestion</comment>
            <translation>Übernehmen eines Vorschlags</translation>
        </message>
        <message>
            <source>There is no photo before this one.</source>
            <translation>Vor diesem Foto gibt es keines.</translation>
        </message>
        <message>
            <source>The photo before has no caption.</source>
            <translation>Das Foto davor hat keinen Bildtext.</translation>
        </message>
        <message>
            <source>copying</source>
            <comment>in: undo copying</comment>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>There is no text to copy.</source>
            <translation>Es ist kein Text zum Kopieren da.</translation>
        </message>
        <message>
            <source>The next photo has a text of your own, which was left as it is.</source>
            <translation>Das nächste Foto hat einen eigenen Text von Ihnen; er blieb, wie er ist.</translation>
        </message>
        <message>
            <source>Select several photos in the strip, and write a text, to copy it to all of them.</source>
            <translation>Wählen Sie in der Reihe mehrere Fotos aus und schreiben Sie einen Text, um ihn auf alle zu kopieren.</translation>
        </message>
        <message numerus="yes">
            <source>The text was copied to %n photo(s).</source>
            <translation>
                <numerusform>Der Text wurde auf %n Foto kopiert.</numerusform>
                <numerusform>Der Text wurde auf %n Fotos kopiert.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n with a text of your own were left as they are.</source>
            <translation>
                <numerusform>%n mit einem eigenen Text von Ihnen blieb, wie es ist.</numerusform>
                <numerusform>%n mit einem eigenen Text von Ihnen blieben, wie sie sind.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n caption(s) were changed. Undo brings them back.</source>
            <translation>
                <numerusform>%n Bildtext wurde geändert. „Rückgängig“ holt ihn zurück.</numerusform>
                <numerusform>%n Bildtexte wurden geändert. „Rückgängig“ holt sie zurück.</numerusform>
            </translation>
        </message>
        <message>
            <source>Bench</source>
            <translation>Werkbank</translation>
        </message>
        <message>
            <source>One caption for an hour: its structure, its words, and what else could be said</source>
            <translation>Ein Bildtext für eine Stunde: seine Struktur, seine Wörter, und was sich sonst sagen ließe</translation>
        </message>
        <message>
            <source>Caption all…</source>
            <translation>Alle betexten…</translation>
        </message>
        <message>
            <source>Selected photos</source>
            <translation>Ausgewählte Fotos</translation>
        </message>
        <message>
            <source>No photos here any more</source>
            <translation>Hier sind keine Fotos mehr</translation>
        </message>
        <message>
            <source>Those that were chosen have gone, or moved to another folder.</source>
            <translation>Die gewählten sind fort oder in einen anderen Ordner gewandert.</translation>
        </message>
        <message>
            <source>All photos</source>
            <translation>Alle Fotos</translation>
        </message>
        <message>
            <source>captioning all</source>
            <comment>in: undo captioning all</comment>
            <translation>„Alle betexten“</translation>
        </message>
        <message>
            <source>One moment: the captions that were changed are being saved.</source>
            <translation>Einen Moment: Die geänderten Bildtexte werden gespeichert.</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::Chart</name>
        <message>
            <source>%1 (%2 to %3)</source>
            <comment>value, ends of its interval</comment>
            <translation>%1 (%2 bis %3)</translation>
        </message>
        <message>
            <source>%1 over %2, for %3. The numbers stand in the table.</source>
            <comment>y axis, x axis, names of series</comment>
            <translation>%1 über %2, für %3. Die Zahlen stehen in der Tabelle.</translation>
        </message>
        <message>
            <source>%1, low</source>
            <translation>%1, unten</translation>
        </message>
        <message>
            <source>%1, high</source>
            <translation>%1, oben</translation>
        </message>
        <message>
            <source>Show the numbers as a table</source>
            <translation>Die Zahlen als Tabelle zeigen</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::CompareColumns</name>
        <message>
            <source>%1: place %2</source>
            <translation>%1: Platz %2</translation>
        </message>
        <message>
            <source>%1: not placed</source>
            <translation>%1: ohne Platz</translation>
        </message>
        <message>
            <source>%1, score %2. %3</source>
            <comment>name, score, places with each encoder</comment>
            <translation>%1, Wert %2. %3</translation>
        </message>
        <message>
            <source>Photos found by each encoder</source>
            <translation>Fotos, die jeder Encoder findet</translation>
        </message>
        <message>
            <source>–</source>
            <comment>the photo has no place there</comment>
            <translation>–</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::ComparePlace</name>
        <message>
            <source>Index now</source>
            <translation>Jetzt indexieren</translation>
        </message>
        <message>
            <source>Reads the photos again, in the background, for the encoders that lack them</source>
            <translation>Liest die Fotos im Hintergrund noch einmal, für die Encoder, denen sie fehlen</translation>
        </message>
        <message>
            <source>Ask all encoders the same</source>
            <translation>Alle Encoder dasselbe fragen</translation>
        </message>
        <message>
            <source>Query for all encoders</source>
            <translation>Anfrage an alle Encoder</translation>
        </message>
        <message>
            <source>Photos like the selected one</source>
            <translation>Fotos wie das ausgewählte</translation>
        </message>
        <message>
            <source>Encoders</source>
            <translation>Encoder</translation>
        </message>
        <message>
            <source>Two to four encoders to compare</source>
            <translation>Zwei bis vier Encoder, die verglichen werden</translation>
        </message>
        <message>
            <source>One query</source>
            <translation>Eine Anfrage</translation>
        </message>
        <message>
            <source>A set of queries</source>
            <translation>Viele Anfragen</translation>
        </message>
        <message>
            <source>Captioned photos</source>
            <translation>Fotos mit Bildtext</translation>
        </message>
        <message>
            <source>Two maps</source>
            <translation>Zwei Karten</translation>
        </message>
        <message>
            <source>Just a moment</source>
            <translation>Einen Augenblick</translation>
        </message>
        <message>
            <source>The encoders are still opening. The photos come by themselves.</source>
            <translation>Die Encoder werden noch geöffnet. Die Fotos kommen von selbst.</translation>
        </message>
        <message>
            <source>There is nothing to compare with</source>
            <translation>Es gibt nichts zum Vergleichen</translation>
        </message>
        <message>
            <source>The installed bundle has one encoder only.</source>
            <translation>Das installierte Modellpaket hat nur einen Encoder.</translation>
        </message>
        <message>
            <source>Where do encoders agree?</source>
            <translation>Wo sind sich Encoder einig?</translation>
        </message>
        <message>
            <source>Type a query above. Each encoder&apos;s photos stand in a column of their own, and lines join the same photo.</source>
            <translation>Geben Sie oben eine Anfrage ein. Die Fotos jedes Encoders stehen in einer eigenen Spalte, und Linien verbinden gleiche Fotos.</translation>
        </message>
        <message>
            <source>This cannot be compared</source>
            <translation>Das lässt sich nicht vergleichen</translation>
        </message>
        <message>
            <source>No encoder knows these words</source>
            <translation>Kein Encoder kennt diese Wörter</translation>
        </message>
        <message>
            <source>No photos yet</source>
            <translation>Noch keine Fotos</translation>
        </message>
        <message>
            <source>Try other words.</source>
            <translation>Versuchen Sie andere Wörter.</translation>
        </message>
        <message>
            <source>Photos are shown here as soon as they are indexed.</source>
            <translation>Fotos erscheinen hier, sobald sie indexiert sind.</translation>
        </message>
        <message>
            <source>%1 does not know: %2</source>
            <comment>encoder, words</comment>
            <translation>%1 kennt nicht: %2</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) must be indexed for %1 before it can find them.</source>
            <translation>
                <numerusform>%n Foto muss für %1 indexiert werden, bevor er es finden kann.</numerusform>
                <numerusform>%n Fotos müssen für %1 indexiert werden, bevor er sie finden kann.</numerusform>
            </translation>
        </message>
        <message>
            <source>Each encoder puts the photos in its order.</source>
            <translation>Jeder Encoder ordnet die Fotos auf seine Weise.</translation>
        </message>
        <message>
            <source>Captions</source>
            <translation>Bildtexte</translation>
        </message>
        <message>
            <source>These encoders have no text side</source>
            <translation>Diese Encoder lesen keinen Text</translation>
        </message>
        <message>
            <source>They can be asked with a photo: select one, then press “Photos like the selected one” above.</source>
            <translation>Fragen Sie sie mit einem Foto: Wählen Sie eines und dann oben „Fotos wie das ausgewählte“.</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::ConflictText</name>
        <message>
            <source>Texts that differ</source>
            <translation>Texte, die sich unterscheiden</translation>
        </message>
        <message>
            <source>The text that is not taken stays in the history of its photo, or where it came from.</source>
            <translation>Der Text, der nicht genommen wird, bleibt im Verlauf seines Fotos oder dort, wo er herkam.</translation>
        </message>
        <message>
            <source>Photo</source>
            <translation>Foto</translation>
        </message>
        <message>
            <source>In Photolex</source>
            <translation>In Photolex</translation>
        </message>
        <message>
            <source>What stands</source>
            <translation>Was gilt</translation>
        </message>
        <message>
            <source>What stands for %1</source>
            <translation>Was für %1 gilt</translation>
        </message>
        <message>
            <source>Decide later</source>
            <translation>Später entscheiden</translation>
        </message>
        <message>
            <source>That in Photolex</source>
            <translation>Der in Photolex</translation>
        </message>
        <message>
            <source>The other one</source>
            <translation>Der andere</translation>
        </message>
        <message>
            <source>All of Photolex</source>
            <translation>Alle aus Photolex</translation>
        </message>
        <message>
            <source>All the others</source>
            <translation>Alle anderen</translation>
        </message>
        <message>
            <source>Take these texts</source>
            <translation>Diese Texte nehmen</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::DropOverlay</name>
        <message>
            <source>Drop here</source>
            <translation>Hier ablegen</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::ExampleGallery</name>
        <message>
            <source>Example: a photo, minus “%1”, plus “%2”</source>
            <translation>Beispiel: ein Foto, minus „%1“, plus „%2“</translation>
        </message>
        <message>
            <source>Put this together</source>
            <translation>So zusammenstellen</translation>
        </message>
        <message>
            <source>Add and subtract what is in pictures</source>
            <translation>Mit Bildinhalten rechnen</translation>
        </message>
        <message>
            <source>Drop a photo above, take a word away, add another: a blue car, minus “blue”, plus “red”. What lies there, photos and words, is shown at once.</source>
            <translation>Ein Foto oben ablegen, ein Wort abziehen, ein anderes dazuzählen: ein blaues Auto, minus „blue“, plus „red“. Was dort liegt, Fotos und Wörter, ist sofort zu sehen.</translation>
        </message>
        <message>
            <source>Looking for examples</source>
            <translation>Suche nach Beispielen</translation>
        </message>
        <message>
            <source>The encoder is still opening.</source>
            <translation>Der Encoder wird noch geöffnet.</translation>
        </message>
        <message>
            <source>Found in your own photos</source>
            <translation>In Ihren eigenen Fotos gefunden</translation>
        </message>
        <message>
            <source>Looking for examples in your own photos…</source>
            <translation>Beispiele in Ihren eigenen Fotos werden gesucht …</translation>
        </message>
        <message>
            <source>As soon as photos are indexed, examples from them are shown here.</source>
            <translation>Sobald Fotos indiziert sind, stehen hier Beispiele daraus.</translation>
        </message>
        <message>
            <source>No pair of words works well in your photos yet. Try your own: any photo, any word.</source>
            <translation>Noch kein Wortpaar wirkt in Ihren Fotos gut. Probieren Sie eigene: ein beliebiges Foto, ein beliebiges Wort.</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::ExchangeDialog</name>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Stopped. What was finished stays.</source>
            <translation>Angehalten. Was fertig war, bleibt.</translation>
        </message>
        <message numerus="yes">
            <source>%n caption(s) done.</source>
            <translation>
                <numerusform>%n Bildtext erledigt.</numerusform>
                <numerusform>%n Bildtexte erledigt.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n were the same on both sides already.</source>
            <translation>
                <numerusform>%n war auf beiden Seiten schon gleich.</numerusform>
                <numerusform>%n waren auf beiden Seiten schon gleich.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n had no text.</source>
            <translation>
                <numerusform>%n hatte keinen Text.</numerusform>
                <numerusform>%n hatten keinen Text.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n are of photos that are not in the library, such as “%1”.</source>
            <translation>
                <numerusform>%n gehört zu einem Foto, das nicht in der Sammlung ist: „%1“.</numerusform>
                <numerusform>%n gehören zu Fotos, die nicht in der Sammlung sind, etwa „%1“.</numerusform>
            </translation>
        </message>
        <message>
            <source>“%1”: %2</source>
            <translation>„%1“: %2</translation>
        </message>
        <message numerus="yes">
            <source>%n further problem(s).</source>
            <translation>
                <numerusform>%n weiteres Problem.</numerusform>
                <numerusform>%n weitere Probleme.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n text(s) differ on both sides; none of them was touched.</source>
            <translation>
                <numerusform>%n Text ist auf beiden Seiten verschieden; er blieb unberührt.</numerusform>
                <numerusform>%n Texte sind auf beiden Seiten verschieden; keiner wurde angerührt.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Show %n difference(s)…</source>
            <translation>
                <numerusform>Unterschied zeigen …</numerusform>
                <numerusform>%n Unterschiede zeigen …</numerusform>
            </translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>Wird angehalten …</translation>
        </message>
        <message numerus="yes">
            <source>Stopped. %n caption(s) came in before; undo takes them back together.</source>
            <translation>
                <numerusform>Angehalten. %n Bildtext kam vorher herein; Rückgängig nimmt ihn zurück.</numerusform>
                <numerusform>Angehalten. %n Bildtexte kamen vorher herein; Rückgängig nimmt sie gemeinsam zurück.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::ExportDialog</name>
        <message>
            <source>Export captions</source>
            <translation>Bildtexte exportieren</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>Beside each photo</source>
            <translation>Neben jedem Foto</translation>
        </message>
        <message>
            <source>In another place:</source>
            <translation>An einem anderen Ort:</translation>
        </message>
        <message numerus="yes">
            <source>The %n selected photo(s)</source>
            <translation>
                <numerusform>Das ausgewählte Foto</numerusform>
                <numerusform>Die %n ausgewählten Fotos</numerusform>
            </translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Auswählen …</translation>
        </message>
        <message>
            <source>XMP sidecars (photo.jpg.xmp), for other photo programs</source>
            <translation>XMP-Begleitdateien (foto.jpg.xmp), für andere Fotoprogramme</translation>
        </message>
        <message>
            <source>Text files (photo.txt)</source>
            <translation>Textdateien (foto.txt)</translation>
        </message>
        <message>
            <source>A table (CSV)</source>
            <translation>Eine Tabelle (CSV)</translation>
        </message>
        <message>
            <source>JSON</source>
            <translation>JSON</translation>
        </message>
        <message>
            <source>A page for the browser (HTML)</source>
            <translation>Eine Seite für den Browser (HTML)</translation>
        </message>
        <message>
            <source>Copies of the photos with the caption inside</source>
            <translation>Kopien der Fotos mit dem Bildtext darin</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Ort</translation>
        </message>
        <message numerus="yes">
            <source>All %n photo(s) of the list</source>
            <translation>
                <numerusform>Das eine Foto der Liste</numerusform>
                <numerusform>Alle %n Fotos der Liste</numerusform>
            </translation>
        </message>
        <message>
            <source>Format</source>
            <translation>Format</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Fotos</translation>
        </message>
        <message>
            <source>captions.csv</source>
            <translation>bildtexte.csv</translation>
        </message>
        <message>
            <source>captions.json</source>
            <translation>bildtexte.json</translation>
        </message>
        <message>
            <source>Photolex captions</source>
            <translation>Photolex-Bildtexte</translation>
        </message>
        <message>
            <source>A file</source>
            <translation>Eine Datei</translation>
        </message>
        <message>
            <source>A folder</source>
            <translation>Ein Ordner</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>Eine Datei auswählen</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>Einen Ordner auswählen</translation>
        </message>
        <message>
            <source>The folder “%1” is read-only: nothing can be written beside its photos. Choose another place; the captions stay in Photolex in any case.</source>
            <translation>Der Ordner „%1“ ist schreibgeschützt: Neben seinen Fotos lässt sich nichts schreiben. Wählen Sie einen anderen Ort; die Bildtexte bleiben in jedem Fall in Photolex.</translation>
        </message>
        <message>
            <source>The folder “%1” is read-only. Nothing was written; choose another place.</source>
            <translation>Der Ordner „%1“ ist schreibgeschützt. Nichts wurde geschrieben; wählen Sie einen anderen Ort.</translation>
        </message>
        <message>
            <source>taking texts from files</source>
            <comment>in: undo taking texts from files</comment>
            <translation>Übernehmen von Texten aus Dateien</translation>
        </message>
        <message>
            <source>In the file that is there</source>
            <translation>In der Datei, die da ist</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::ExportText</name>
        <message>
            <source>Results to a folder</source>
            <translation>Ergebnisse in einen Ordner</translation>
        </message>
        <message>
            <source>Photolex results</source>
            <translation>Photolex-Ergebnisse</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Wählen…</translation>
        </message>
        <message>
            <source>Copy the files</source>
            <translation>Dateien kopieren</translation>
        </message>
        <message>
            <source>Link to the files: takes no space, ends when they move</source>
            <translation>Dateien verknüpfen: braucht keinen Platz, endet, wenn sie umziehen</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) go into this folder:</source>
            <translation>
                <numerusform>%n Foto kommt in diesen Ordner:</numerusform>
                <numerusform>%n Fotos kommen in diesen Ordner:</numerusform>
            </translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Link</source>
            <translation>Verknüpfen</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>Ordner wählen</translation>
        </message>
        <message numerus="yes">
            <source>Writing %n photo(s)…</source>
            <translation>
                <numerusform>%n Foto wird geschrieben…</numerusform>
                <numerusform>%n Fotos werden geschrieben…</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 photos are in “%2” now; %3 could not be read.</source>
            <translation>%1 Fotos sind jetzt in „%2“; %3 konnten nicht gelesen werden.</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) are in “%1” now.</source>
            <translation>
                <numerusform>%n Foto ist jetzt in „%1“.</numerusform>
                <numerusform>%n Fotos sind jetzt in „%1“.</numerusform>
            </translation>
        </message>
        <message>
            <source>Results as a list</source>
            <translation>Ergebnisse als Liste</translation>
        </message>
        <message>
            <source>Text, one path a line (*.txt)</source>
            <translation>Text, ein Pfad je Zeile (*.txt)</translation>
        </message>
        <message>
            <source>Write list</source>
            <translation>Liste schreiben</translation>
        </message>
        <message>
            <source>The list was written to “%1”.</source>
            <translation>Die Liste wurde nach „%1“ geschrieben.</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::ExpressionBench</name>
        <message>
            <source>or drop photos, pictures and words here</source>
            <translation>oder Fotos, Bilder und Wörter hier ablegen</translation>
        </message>
        <message>
            <source>Expression</source>
            <translation>Ausdruck</translation>
        </message>
        <message>
            <source>Add words, - takes away</source>
            <translation>Wörter, - zieht ab</translation>
        </message>
        <message>
            <source>Add words to the expression</source>
            <translation>Wörter zum Ausdruck dazuzählen</translation>
        </message>
        <message>
            <source>A word or a phrase; “- blue” takes it away, “2*red” counts twice</source>
            <translation>Ein Wort oder eine Wendung; „- blue“ zieht ab, „2*red“ zählt doppelt</translation>
        </message>
        <message>
            <source>Add a photo or a saved expression</source>
            <translation>Ein Foto oder einen gespeicherten Ausdruck dazuzählen</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::ExpressionDocument</name>
        <message>
            <source>adding</source>
            <comment>in: undo adding</comment>
            <translation>Dazuzählen</translation>
        </message>
        <message>
            <source>removing</source>
            <comment>in: undo removing</comment>
            <translation>Herausnehmen</translation>
        </message>
        <message>
            <source>moving</source>
            <comment>in: undo moving</comment>
            <translation>Verschieben</translation>
        </message>
        <message>
            <source>change of sign</source>
            <comment>in: undo change of sign</comment>
            <translation>Vorzeichenwechsel</translation>
        </message>
        <message>
            <source>change of weight</source>
            <comment>in: undo change of weight</comment>
            <translation>Gewichtsänderung</translation>
        </message>
        <message>
            <source>change of words</source>
            <comment>in: undo change of words</comment>
            <translation>Änderung der Wörter</translation>
        </message>
        <message>
            <source>typing</source>
            <comment>in: undo typing</comment>
            <translation>Tippen</translation>
        </message>
        <message>
            <source>opening</source>
            <comment>in: undo opening</comment>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>clearing</source>
            <comment>in: undo clearing</comment>
            <translation>Leeren</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::ExpressionMenus</name>
        <message>
            <source>Add photos</source>
            <translation>Fotos dazuzählen</translation>
        </message>
        <message>
            <source>Photo from a file…</source>
            <translation>Foto aus einer Datei …</translation>
        </message>
        <message numerus="yes">
            <source>Selected photo(s): %n</source>
            <translation>
                <numerusform>Ausgewähltes Foto</numerusform>
                <numerusform>Ausgewählte Fotos: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>From the clipboard</source>
            <translation>Aus der Zwischenablage</translation>
        </message>
        <message>
            <source>Saved expressions</source>
            <translation>Gespeicherte Ausdrücke</translation>
        </message>
        <message>
            <source>No saved expressions yet</source>
            <translation>Noch keine gespeicherten Ausdrücke</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Save the expression</source>
            <translation>Ausdruck speichern</translation>
        </message>
        <message>
            <source>Name. One that is taken gets this expression instead of its own.</source>
            <translation>Name. Ein vergebener bekommt diesen Ausdruck statt seines eigenen.</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Saved as “%1”.</source>
            <translation>Als „%1“ gespeichert.</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::ExpressionPlace</name>
        <message>
            <source>The expression as text</source>
            <translation>Der Ausdruck als Text</translation>
        </message>
        <message>
            <source>The same as text: photo:&apos;FILE&apos; - &apos;blue&apos; + 2*&apos;red&apos;</source>
            <translation>Dasselbe als Text: photo:&apos;DATEI&apos; - &apos;blue&apos; + 2*&apos;red&apos;</translation>
        </message>
        <message>
            <source>Can be edited, copied, and searched for in the field on top</source>
            <translation>Lässt sich ändern, kopieren und oben im Suchfeld suchen</translation>
        </message>
        <message>
            <source>Copy the text</source>
            <translation>Text kopieren</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig:</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Wiederholen:</translation>
        </message>
        <message>
            <source>Saved expressions</source>
            <translation>Gespeicherte Ausdrücke</translation>
        </message>
        <message>
            <source>Save this expression</source>
            <translation>Diesen Ausdruck speichern</translation>
        </message>
        <message>
            <source>Take everything out</source>
            <translation>Alles herausnehmen</translation>
        </message>
        <message>
            <source>Photos there</source>
            <translation>Fotos dort</translation>
        </message>
        <message>
            <source>Just a moment</source>
            <translation>Einen Augenblick</translation>
        </message>
        <message>
            <source>The encoder is still opening. The photos come by themselves.</source>
            <translation>Der Encoder wird noch geöffnet. Die Fotos kommen von selbst.</translation>
        </message>
        <message>
            <source>This cannot be added up</source>
            <translation>Das lässt sich nicht ausrechnen</translation>
        </message>
        <message>
            <source>This cancels out</source>
            <translation>Das hebt sich auf</translation>
        </message>
        <message>
            <source>What is added and what is taken away are the same: nothing is left to look for. Change a weight, or take a term out.</source>
            <translation>Dazugezähltes und Abgezogenes sind gleich: Es bleibt nichts, wonach zu suchen wäre. Ändern Sie ein Gewicht, oder nehmen Sie einen Teil heraus.</translation>
        </message>
        <message>
            <source>Nothing of this is known</source>
            <translation>Nichts davon ist bekannt</translation>
        </message>
        <message>
            <source>Try other words, or drop a photo above.</source>
            <translation>Versuchen Sie andere Wörter, oder legen Sie oben ein Foto ab.</translation>
        </message>
        <message>
            <source>No photos yet</source>
            <translation>Noch keine Fotos</translation>
        </message>
        <message>
            <source>Photos are shown here as soon as they are indexed.</source>
            <translation>Fotos stehen hier, sobald sie indiziert sind.</translation>
        </message>
        <message numerus="yes">
            <source>The nearest %n photo(s)</source>
            <translation>
                <numerusform>Das nächste Foto</numerusform>
                <numerusform>Die nächsten %n Fotos</numerusform>
            </translation>
        </message>
        <message>
            <source>This does not read as an expression yet: words and files stand in quotes, with + or - between them.</source>
            <translation>Das ist noch kein Ausdruck: Wörter und Dateien stehen in Anführungszeichen, dazwischen + oder -.</translation>
        </message>
        <message>
            <source>Expression</source>
            <translation>Ausdruck</translation>
        </message>
        <message>
            <source>The expression was copied.</source>
            <translation>Der Ausdruck wurde kopiert.</translation>
        </message>
        <message numerus="yes">
            <source>An expression has at most %n term(s); the rest was left out.</source>
            <translation>
                <numerusform>Ein Ausdruck hat höchstens einen Teil; der Rest wurde weggelassen.</numerusform>
                <numerusform>Ein Ausdruck hat höchstens %n Teile; der Rest wurde weggelassen.</numerusform>
            </translation>
        </message>
        <message>
            <source>Follow its steps on the map</source>
            <translation>Seinen Schritten auf der Karte folgen</translation>
        </message>
        <message>
            <source>What would a photo here be?</source>
            <translation>Was wäre ein Foto hier?</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::ExpressionText</name>
        <message>
            <source>minus the words “%1”</source>
            <translation>minus die Wörter „%1“</translation>
        </message>
        <message>
            <source>plus the words “%1”</source>
            <translation>plus die Wörter „%1“</translation>
        </message>
        <message>
            <source>minus the photo %1</source>
            <translation>minus das Foto %1</translation>
        </message>
        <message>
            <source>plus the photo %1</source>
            <translation>plus das Foto %1</translation>
        </message>
        <message>
            <source>minus the saved expression “%1”</source>
            <translation>minus den gespeicherten Ausdruck „%1“</translation>
        </message>
        <message>
            <source>plus the saved expression “%1”</source>
            <translation>plus den gespeicherten Ausdruck „%1“</translation>
        </message>
        <message>
            <source>%1, weight %2</source>
            <translation>%1, Gewicht %2</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>Farbe</translation>
        </message>
        <message>
            <source>Animal</source>
            <translation>Tier</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Licht</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Ort</translation>
        </message>
        <message>
            <source>Ground</source>
            <translation>Untergrund</translation>
        </message>
        <message>
            <source>Clothes</source>
            <translation>Kleidung</translation>
        </message>
        <message>
            <source>Vehicle</source>
            <translation>Fahrzeug</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>Person</translation>
        </message>
        <message>
            <source>Sport</source>
            <translation>Sport</translation>
        </message>
        <message>
            <source>Food</source>
            <translation>Essen</translation>
        </message>
        <message>
            <source>%1 Without it the others are added up.</source>
            <translation>%1 Die anderen Teile werden ohne ihn ausgerechnet.</translation>
        </message>
        <message>
            <source>No expression is saved as “%1”. Without it the others are added up.</source>
            <translation>Als „%1“ ist kein Ausdruck gespeichert. Die anderen Teile werden ohne ihn ausgerechnet.</translation>
        </message>
        <message>
            <source>The saved expression “%1” cannot be read: it leads to itself, or is damaged. Without it the others are added up.</source>
            <translation>Der gespeicherte Ausdruck „%1“ ist nicht lesbar: Er führt zu sich selbst oder ist beschädigt. Die anderen Teile werden ohne ihn ausgerechnet.</translation>
        </message>
        <message>
            <source>“%1”</source>
            <translation>„%1“</translation>
        </message>
        <message>
            <source>Not known: %1.</source>
            <translation>Nicht bekannt: %1.</translation>
        </message>
        <message>
            <source>, </source>
            <comment>between unknown words</comment>
            <translation>, </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::Figures</name>
        <message>
            <source>%1 %</source>
            <translation>%1 %</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::FilterBar</name>
        <message>
            <source>Filter</source>
            <translation>Filter</translation>
        </message>
        <message>
            <source>Filter photos</source>
            <translation>Fotos filtern</translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation>Sortieren nach</translation>
        </message>
        <message>
            <source>Date taken</source>
            <translation>Aufnahmedatum</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Date added</source>
            <translation>Hinzugefügt am</translation>
        </message>
        <message>
            <source>File size</source>
            <translation>Dateigröße</translation>
        </message>
        <message>
            <source>Size of the pictures</source>
            <translation>Größe der Bilder</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>Vorschau</translation>
        </message>
        <message>
            <source>Show the selected photo large at the side</source>
            <translation>Das gewählte Foto an der Seite groß zeigen</translation>
        </message>
        <message>
            <source>Taken from</source>
            <translation>Aufgenommen ab</translation>
        </message>
        <message>
            <source>Taken until</source>
            <translation>Aufgenommen bis</translation>
        </message>
        <message>
            <source>First day</source>
            <translation>Erster Tag</translation>
        </message>
        <message>
            <source>Last day</source>
            <translation>Letzter Tag</translation>
        </message>
        <message>
            <source>Rating</source>
            <translation>Bewertung</translation>
        </message>
        <message>
            <source>Any rating</source>
            <translation>Jede Bewertung</translation>
        </message>
        <message>
            <source>At least %1</source>
            <comment>stars</comment>
            <translation>Mindestens %1</translation>
        </message>
        <message>
            <source>Without caption</source>
            <translation>Ohne Bildtext</translation>
        </message>
        <message>
            <source>Clear filter</source>
            <translation>Filter aufheben</translation>
        </message>
        <message>
            <source>Take this filter away</source>
            <translation>Diesen Filter wegnehmen</translation>
        </message>
        <message>
            <source>From %1</source>
            <comment>date</comment>
            <translation>Ab %1</translation>
        </message>
        <message>
            <source>Until %1</source>
            <comment>date</comment>
            <translation>Bis %1</translation>
        </message>
        <message>
            <source>Largest or newest first</source>
            <translation>Größte oder neueste zuerst</translation>
        </message>
        <message>
            <source>Smallest or oldest first</source>
            <translation>Kleinste oder älteste zuerst</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s)</source>
            <translation>
                <numerusform>%n Foto</numerusform>
                <numerusform>%n Fotos</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::FolderPanel</name>
        <message>
            <source>not connected</source>
            <translation>nicht verbunden</translation>
        </message>
        <message>
            <source>read-only</source>
            <translation>nur lesbar</translation>
        </message>
        <message>
            <source>All photos</source>
            <translation>Alle Fotos</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s)</source>
            <translation>
                <numerusform>%n Foto</numerusform>
                <numerusform>%n Fotos</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 – %2</source>
            <comment>folder and its state</comment>
            <translation>%1 – %2</translation>
        </message>
        <message>
            <source>Add folder…</source>
            <translation>Ordner hinzufügen…</translation>
        </message>
        <message>
            <source>Add a folder of photos</source>
            <translation>Einen Ordner mit Fotos hinzufügen</translation>
        </message>
        <message>
            <source>Open in file manager</source>
            <translation>In der Dateiverwaltung öffnen</translation>
        </message>
        <message>
            <source>Scan again</source>
            <translation>Neu einlesen</translation>
        </message>
        <message>
            <source>Remove from library…</source>
            <translation>Aus der Sammlung nehmen…</translation>
        </message>
        <message>
            <source>Scan all folders again</source>
            <translation>Alle Ordner neu einlesen</translation>
        </message>
        <message>
            <source>Remove “%1” from the library?</source>
            <translation>„%1“ aus der Sammlung nehmen?</translation>
        </message>
        <message>
            <source>The files stay where they are. Captions that you wrote for these photos are forgotten.</source>
            <translation>Die Dateien bleiben, wo sie sind. Bildtexte, die Sie für diese Fotos geschrieben haben, gehen verloren.</translation>
        </message>
        <message>
            <source>Remove from library</source>
            <translation>Aus der Sammlung nehmen</translation>
        </message>
        <message>
            <source>Folders and albums</source>
            <translation>Ordner und Alben</translation>
        </message>
        <message>
            <source>New album…</source>
            <translation>Neues Album…</translation>
        </message>
        <message>
            <source>An album puts photos of any folder together; the files stay where they are</source>
            <translation>Ein Album fasst Fotos aus beliebigen Ordnern zusammen; die Dateien bleiben, wo sie sind</translation>
        </message>
        <message>
            <source>Only photos of the library can be put into an album. Add their folder first.</source>
            <translation>Nur Fotos der Sammlung können in ein Album. Fügen Sie zuerst ihren Ordner hinzu.</translation>
        </message>
        <message>
            <source>Rename album…</source>
            <translation>Album umbenennen…</translation>
        </message>
        <message>
            <source>Remove album…</source>
            <translation>Album entfernen…</translation>
        </message>
        <message>
            <source>Albums</source>
            <translation>Alben</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::ImportDialog</name>
        <message>
            <source>Import captions</source>
            <translation>Bildtexte importieren</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>Importieren</translation>
        </message>
        <message>
            <source>XMP sidecars (photo.jpg.xmp or photo.xmp)</source>
            <translation>XMP-Begleitdateien (foto.jpg.xmp oder foto.xmp)</translation>
        </message>
        <message>
            <source>Text files (photo.txt)</source>
            <translation>Textdateien (foto.txt)</translation>
        </message>
        <message>
            <source>A table (CSV with the columns path and caption)</source>
            <translation>Eine Tabelle (CSV mit den Spalten path und caption)</translation>
        </message>
        <message>
            <source>Google Takeout (JSON)</source>
            <translation>Google Takeout (JSON)</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Ort</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Auswählen …</translation>
        </message>
        <message>
            <source>Format</source>
            <translation>Format</translation>
        </message>
        <message>
            <source>Photos are found by their path or name. Texts become your own captions; where you wrote another one, both stay and are shown side by side.</source>
            <translation>Fotos werden an ihrem Pfad oder Namen erkannt. Die Texte werden Ihre eigenen Bildtexte; wo Sie einen anderen geschrieben haben, bleiben beide und werden nebeneinander gezeigt.</translation>
        </message>
        <message>
            <source>A file</source>
            <translation>Eine Datei</translation>
        </message>
        <message>
            <source>A folder</source>
            <translation>Ein Ordner</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>Eine Datei auswählen</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>Einen Ordner auswählen</translation>
        </message>
        <message>
            <source>importing</source>
            <comment>in: undo importing</comment>
            <translation>Importieren</translation>
        </message>
        <message>
            <source>What would come in</source>
            <translation>Was hereinkäme</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::LibraryPlace</name>
        <message>
            <source>Library</source>
            <translation>Sammlung</translation>
        </message>
        <message>
            <source>No photo passes the filter</source>
            <translation>Kein Foto passt zum Filter</translation>
        </message>
        <message>
            <source>Your photos are still there. Take a filter away to see more of them.</source>
            <translation>Ihre Fotos sind noch da. Nehmen Sie einen Filter weg, um mehr zu sehen.</translation>
        </message>
        <message>
            <source>Clear filter</source>
            <translation>Filter aufheben</translation>
        </message>
        <message>
            <source>No photos yet</source>
            <translation>Noch keine Fotos</translation>
        </message>
        <message>
            <source>Open a folder of photos. They stay where they are and are never changed.</source>
            <translation>Öffnen Sie einen Ordner mit Fotos. Sie bleiben, wo sie sind, und werden nie verändert.</translation>
        </message>
        <message>
            <source>Open a folder of photos…</source>
            <translation>Ordner mit Fotos öffnen…</translation>
        </message>
        <message>
            <source>“%1” is not connected</source>
            <translation>„%1“ ist nicht verbunden</translation>
        </message>
        <message>
            <source>Connect the drive that holds this folder. Nothing of it is forgotten meanwhile.</source>
            <translation>Schließen Sie das Laufwerk mit diesem Ordner an. Bis dahin geht nichts verloren.</translation>
        </message>
        <message>
            <source>Show all photos</source>
            <translation>Alle Fotos zeigen</translation>
        </message>
        <message>
            <source>Looking for photos…</source>
            <translation>Fotos werden gesucht…</translation>
        </message>
        <message>
            <source>They appear here as soon as they are found.</source>
            <translation>Sie erscheinen hier, sobald sie gefunden sind.</translation>
        </message>
        <message>
            <source>No photos in this folder</source>
            <translation>Keine Fotos in diesem Ordner</translation>
        </message>
        <message>
            <source>Photos that are put into it appear here by themselves.</source>
            <translation>Fotos, die dort abgelegt werden, erscheinen hier von selbst.</translation>
        </message>
        <message>
            <source>Add “%1” to the library?</source>
            <translation>„%1“ in die Sammlung aufnehmen?</translation>
        </message>
        <message numerus="yes">
            <source>Add %n folder(s) to the library?</source>
            <translation>
                <numerusform>%n Ordner in die Sammlung aufnehmen?</numerusform>
                <numerusform>%n Ordner in die Sammlung aufnehmen?</numerusform>
            </translation>
        </message>
        <message>
            <source>The photos stay where they are and are never changed.</source>
            <translation>Die Fotos bleiben, wo sie sind, und werden nie verändert.</translation>
        </message>
        <message>
            <source>Add to library</source>
            <translation>In die Sammlung aufnehmen</translation>
        </message>
        <message>
            <source>Photolex does not go online: save the picture first, then drop the file.</source>
            <translation>Photolex geht nicht ins Netz: Speichern Sie das Bild zuerst und legen Sie dann die Datei hier ab.</translation>
        </message>
        <message>
            <source>This album is empty</source>
            <translation>Dieses Album ist leer</translation>
        </message>
        <message>
            <source>Drag photos onto its name, or use “Add to album” in the menu of a photo.</source>
            <translation>Ziehen Sie Fotos auf seinen Namen, oder benutzen Sie „Zu Album hinzufügen“ im Menü eines Fotos.</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::MainWindow</name>
        <message>
            <source>Menu</source>
            <translation>Menü</translation>
        </message>
        <message>
            <source>Open folder…</source>
            <translation>Ordner öffnen…</translation>
        </message>
        <message>
            <source>Scan again</source>
            <translation>Neu einlesen</translation>
        </message>
        <message>
            <source>Problems…</source>
            <translation>Probleme…</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Suche</translation>
        </message>
        <message>
            <source>Paste picture as search</source>
            <translation>Bild als Suche einfügen</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>Vollbild</translation>
        </message>
        <message>
            <source>About Photolex</source>
            <translation>Über Photolex</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Library</source>
            <translation>Sammlung</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Pasted picture</source>
            <translation>Eingefügtes Bild</translation>
        </message>
        <message numerus="yes">
            <source>%n pictures were dropped; the first is searched.</source>
            <translation>
                <numerusform>%n Bild wurde abgelegt; es wird gesucht.</numerusform>
                <numerusform>%n Bilder wurden abgelegt; das erste wird gesucht.</numerusform>
            </translation>
        </message>
        <message>
            <source>Photolex does not go online: save the picture first, then drop the file.</source>
            <translation>Photolex geht nicht ins Netz: Speichern Sie das Bild zuerst und legen Sie dann die Datei hier ab.</translation>
        </message>
        <message>
            <source>There is no picture in the clipboard.</source>
            <translation>In der Zwischenablage ist kein Bild.</translation>
        </message>
        <message>
            <source>Open a folder of photos</source>
            <translation>Ordner mit Fotos öffnen</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>Ordner öffnen</translation>
        </message>
        <message>
            <source>Add to library</source>
            <translation>In die Sammlung aufnehmen</translation>
        </message>
        <message>
            <source>Add “%1” to the library?</source>
            <translation>„%1“ in die Sammlung aufnehmen?</translation>
        </message>
        <message>
            <source>Its photos are shown and indexed where they are. Nothing is copied, moved or changed.</source>
            <translation>Die Fotos werden dort gezeigt und erschlossen, wo sie liegen. Nichts wird kopiert, verschoben oder verändert.</translation>
        </message>
        <message>
            <source>Saved</source>
            <translation>Gespeichert</translation>
        </message>
        <message>
            <source>Recent</source>
            <translation>Zuletzt gesucht</translation>
        </message>
        <message>
            <source>No searches yet</source>
            <translation>Noch keine Suchen</translation>
        </message>
        <message>
            <source>Browse photos by meaning, on this computer alone. Free software under the GNU General Public License, version 3 or later.</source>
            <translation>Fotos nach ihrem Inhalt finden, allein auf diesem Rechner. Freie Software unter der GNU General Public License, Version 3 oder später.</translation>
        </message>
        <message>
            <source>Drop to add the folder to the library</source>
            <translation>Ablegen, um den Ordner in die Sammlung aufzunehmen</translation>
        </message>
        <message>
            <source>Drop to find photos like this picture</source>
            <translation>Ablegen, um ähnliche Fotos zu finden</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Expression</source>
            <translation>Ausdruck</translation>
        </message>
        <message>
            <source>Map</source>
            <translation>Karte</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Captions</source>
            <translation>Bildtexte</translation>
        </message>
        <message>
            <source>Captions are not saved</source>
            <translation>Bildtexte sind nicht gespeichert</translation>
        </message>
        <message>
            <source>Some captions could not be written to the library, perhaps because its disk is full. If Photolex is closed now, they are lost.</source>
            <translation>Einige Bildtexte konnten nicht in die Sammlung geschrieben werden, vielleicht weil ihr Datenträger voll ist. Wird Photolex jetzt geschlossen, gehen sie verloren.</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::MapBar</name>
        <message>
            <source>Lasso (L): draw a line around photos. Shift adds, Alt takes out</source>
            <translation>Lasso (L): eine Linie um Fotos ziehen. Umschalt nimmt dazu, Alt nimmt heraus</translation>
        </message>
        <message>
            <source>Farther (−)</source>
            <translation>Weiter weg (−)</translation>
        </message>
        <message>
            <source>Closer (+)</source>
            <translation>Näher (+)</translation>
        </message>
        <message>
            <source>Show all (0)</source>
            <translation>Alles zeigen (0)</translation>
        </message>
        <message>
            <source>Hold the map while it settles</source>
            <translation>Die Karte anhalten, während sie sich ordnet</translation>
        </message>
        <message>
            <source>Leave the map as it is now</source>
            <translation>Die Karte lassen, wie sie jetzt ist</translation>
        </message>
        <message>
            <source>Lay out anew</source>
            <translation>Neu anordnen</translation>
        </message>
        <message>
            <source>How the map is laid out</source>
            <translation>Wie die Karte angeordnet ist</translation>
        </message>
        <message>
            <source>Another layout moves every photo</source>
            <translation>Eine andere Anordnung bewegt jedes Foto</translation>
        </message>
        <message>
            <source>Neighbourhoods (UMAP)</source>
            <translation>Nachbarschaften (UMAP)</translation>
        </message>
        <message>
            <source>Tight neighbourhoods (t-SNE)</source>
            <translation>Enge Nachbarschaften (t-SNE)</translation>
        </message>
        <message>
            <source>Widest directions (PCA)</source>
            <translation>Größte Unterschiede (PCA)</translation>
        </message>
        <message>
            <source>What colours stand for</source>
            <translation>Wofür die Farben stehen</translation>
        </message>
        <message>
            <source>Colour: group</source>
            <translation>Farbe: Gruppe</translation>
        </message>
        <message>
            <source>Colour: date</source>
            <translation>Farbe: Datum</translation>
        </message>
        <message>
            <source>Colour: folder</source>
            <translation>Farbe: Ordner</translation>
        </message>
        <message>
            <source>Colour: nearness to the search</source>
            <translation>Farbe: Nähe zur Suche</translation>
        </message>
        <message>
            <source>Makes a new map of all photos; every one may move</source>
            <translation>Macht aus allen Fotos eine neue Karte; jedes kann sich bewegen</translation>
        </message>
        <message>
            <source>The map settles</source>
            <translation>Die Karte ordnet sich</translation>
        </message>
        <message>
            <source>Held</source>
            <translation>Angehalten</translation>
        </message>
        <message>
            <source>The map settles…</source>
            <translation>Die Karte ordnet sich …</translation>
        </message>
        <message>
            <source>Looking for neighbours…</source>
            <translation>Nachbarn werden gesucht …</translation>
        </message>
        <message>
            <source>Names and words…</source>
            <translation>Namen und Wörter …</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s)</source>
            <translation>
                <numerusform>%n Foto</numerusform>
                <numerusform>%n Fotos</numerusform>
            </translation>
        </message>
        <message>
            <source>Too few photos for a map: they lie side by side</source>
            <translation>Zu wenige Fotos für eine Karte: sie liegen nebeneinander</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::MapCard</name>
        <message>
            <source>Group: %1</source>
            <translation>Gruppe: %1</translation>
        </message>
        <message>
            <source>Looks like: %1</source>
            <translation>Sieht aus wie: %1</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::MapLegend</name>
        <message>
            <source>far</source>
            <translation>fern</translation>
        </message>
        <message>
            <source>near</source>
            <translation>nah</translation>
        </message>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>noch %n</numerusform>
                <numerusform>noch %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Colours: %1</source>
            <translation>Farben: %1</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::MapPlace</name>
        <message>
            <source>Just a moment</source>
            <translation>Einen Augenblick</translation>
        </message>
        <message>
            <source>The encoder is still opening. The map comes by itself.</source>
            <translation>Der Encoder wird noch geöffnet. Die Karte kommt von selbst.</translation>
        </message>
        <message>
            <source>The photos are being read.</source>
            <translation>Die Fotos werden gelesen.</translation>
        </message>
        <message>
            <source>No photos on the map yet</source>
            <translation>Noch keine Fotos auf der Karte</translation>
        </message>
        <message>
            <source>Photos come onto the map as soon as they are indexed: alike ones lie close together, and words lie where photos look like them.</source>
            <translation>Fotos kommen auf die Karte, sobald sie indexiert sind: ähnliche liegen nah beieinander, und Wörter liegen dort, wo Fotos ihnen gleichen.</translation>
        </message>
        <message>
            <source>Nothing is searched for: search first, or put an expression together.</source>
            <translation>Es wird nichts gesucht: Suchen Sie zuerst, oder stellen Sie einen Ausdruck zusammen.</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s)</source>
            <translation>
                <numerusform>%n Foto</numerusform>
                <numerusform>%n Fotos</numerusform>
            </translation>
        </message>
        <message>
            <source>Search for “%1”</source>
            <translation>Nach „%1“ suchen</translation>
        </message>
        <message>
            <source>Map</source>
            <translation>Karte</translation>
        </message>
        <message>
            <source>These photos are not on the map yet: they come onto it when they are indexed.</source>
            <translation>Diese Fotos sind noch nicht auf der Karte: Sie kommen dazu, sobald sie indexiert sind.</translation>
        </message>
        <message>
            <source>What would a photo here be?</source>
            <translation>Was wäre ein Foto an dieser Stelle?</translation>
        </message>
        <message>
            <source>Captions for this spot, made of the photos drawn nearest to it</source>
            <translation>Bildtexte für diese Stelle, aus den Fotos, die ihr am nächsten gezeichnet sind</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::MapSpots</name>
        <message>
            <source>The models are still being opened.</source>
            <translation>Die Modelle werden noch geöffnet.</translation>
        </message>
        <message>
            <source>at the word “%1” on the map</source>
            <extracomment>where captions are written for: a word that is written on the map</extracomment>
            <translation>beim Wort „%1“ auf der Karte</translation>
        </message>
        <message>
            <source>where “%1” lies on the map</source>
            <translation>wo „%1“ auf der Karte liegt</translation>
        </message>
        <message numerus="yes">
            <source>on the map near “%1”, and %n more photo(s)</source>
            <extracomment>where captions are written for: an empty spot of the map; names of the photos around it</extracomment>
            <translation>
                <numerusform>auf der Karte nahe „%1“ und %n weiterem Foto</numerusform>
                <numerusform>auf der Karte nahe „%1“ und %n weiteren Fotos</numerusform>
            </translation>
        </message>
        <message>
            <source>”, “</source>
            <comment>between names of photos</comment>
            <translation>“, „</translation>
        </message>
        <message>
            <source>No caption can be written here: the photos around are not read, or cancel out.</source>
            <translation>Hier kann kein Bildtext geschrieben werden: Die Fotos ringsum sind nicht eingelesen oder heben sich auf.</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::MapView</name>
        <message>
            <source>Map of the photos</source>
            <translation>Karte der Fotos</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::MapsPanel</name>
        <message>
            <source>%1 – %2</source>
            <comment>two encoders</comment>
            <translation>%1 – %2</translation>
        </message>
        <message>
            <source>Photos that moved farthest</source>
            <translation>Fotos, die am weitesten gewandert sind</translation>
        </message>
        <message>
            <source>Moved farthest</source>
            <translation>Am weitesten gewandert</translation>
        </message>
        <message>
            <source>Way</source>
            <comment>how far a photo moved, a share of the map&apos;s side</comment>
            <translation>Weg</translation>
        </message>
        <message>
            <source>As a share of the longer side of the map</source>
            <translation>Als Anteil der längeren Seite der Karte</translation>
        </message>
        <message>
            <source>The two encoders</source>
            <translation>Die beiden Encoder</translation>
        </message>
        <message>
            <source>Lay both maps out anew</source>
            <translation>Beide Karten neu anordnen</translation>
        </message>
        <message>
            <source>Both maps settle… %1</source>
            <comment>a share</comment>
            <translation>Beide Karten ordnen sich… %1</translation>
        </message>
        <message>
            <source>Looking for neighbours…</source>
            <translation>Nachbarn werden gesucht…</translation>
        </message>
        <message>
            <source>These maps cannot be made</source>
            <translation>Diese Karten lassen sich nicht machen</translation>
        </message>
        <message>
            <source>No photos for two maps yet</source>
            <translation>Noch keine Fotos für zwei Karten</translation>
        </message>
        <message>
            <source>Two photos or more must be indexed for both encoders.</source>
            <translation>Mindestens zwei Fotos müssen für beide Encoder indexiert sein.</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Noch einmal nachsehen</translation>
        </message>
        <message>
            <source>Map of %1</source>
            <translation>Karte von %1</translation>
        </message>
        <message>
            <source>Arrows go from photo to photo. How far each moved stands in the list.</source>
            <translation>Pfeile führen von Foto zu Foto. Wie weit jedes gewandert ist, steht in der Liste.</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) in both; half of them moved by less than %1 of the map</source>
            <translation>
                <numerusform>%n Foto in beiden; die Hälfte ist um weniger als %1 der Karte gewandert</numerusform>
                <numerusform>%n Fotos in beiden; die Hälfte ist um weniger als %1 der Karte gewandert</numerusform>
            </translation>
        </message>
        <message>
            <source>Moved by %1 of the map</source>
            <comment>a share</comment>
            <translation>Um %1 der Karte gewandert</translation>
        </message>
        <message>
            <source>Point at a photo: it is marked in both maps. The stronger its colour, the farther it moved.</source>
            <translation>Zeigen Sie auf ein Foto: Es wird in beiden Karten markiert. Je kräftiger seine Farbe, desto weiter ist es gewandert.</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::Messages</name>
        <message>
            <source>The library “%1” is in use by another Photolex. Close it there, then try again.</source>
            <translation>Die Sammlung „%1“ ist in einem anderen Photolex geöffnet. Schließen Sie sie dort und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>The library “%1” was made by a newer Photolex (%2). It was not touched. Update Photolex, or choose another library.</source>
            <translation>Die Sammlung „%1“ stammt von einem neueren Photolex (%2). Sie wurde nicht angerührt. Aktualisieren Sie Photolex oder wählen Sie eine andere Sammlung.</translation>
        </message>
        <message>
            <source>The library “%1” may not be written. Change the permissions of its folder, or choose another library.</source>
            <translation>Die Sammlung „%1“ darf nicht beschrieben werden. Ändern Sie die Rechte ihres Ordners oder wählen Sie eine andere Sammlung.</translation>
        </message>
        <message>
            <source>No space left on the disk that holds the library “%1”. Free some space, then try again.</source>
            <translation>Auf dem Datenträger mit der Sammlung „%1“ ist kein Platz mehr. Schaffen Sie Platz und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>The library “%1” is damaged (%2). Your photos are not. Restore a backup of the library, or move its folder away to begin a new one.</source>
            <translation>Die Sammlung „%1“ ist beschädigt (%2), Ihre Fotos sind es nicht. Spielen Sie eine Sicherung der Sammlung ein oder verschieben Sie ihren Ordner, um eine neue zu beginnen.</translation>
        </message>
        <message>
            <source>The library “%1” could not be opened (%2).</source>
            <translation>Die Sammlung „%1“ konnte nicht geöffnet werden (%2).</translation>
        </message>
        <message>
            <source>Search by meaning is off: “%1” is not installed. Install Photolex again to bring it back. Names and captions can still be searched.</source>
            <translation>Die Suche nach Inhalt ist aus: „%1“ ist nicht installiert. Installieren Sie Photolex noch einmal, um sie zurückzuholen. Namen und Bildtexte können weiter durchsucht werden.</translation>
        </message>
        <message>
            <source>Search by meaning is off: “%1” could not be opened (%2). Import the bundle again. Names and captions can still be searched.</source>
            <translation>Die Suche nach Inhalt ist aus: „%1“ konnte nicht geöffnet werden (%2). Importieren Sie das Bündel noch einmal. Namen und Bildtexte können weiter durchsucht werden.</translation>
        </message>
        <message>
            <source>Search by meaning is off: “%1” could not be opened (%2). Names and captions can still be searched.</source>
            <translation>Die Suche nach Inhalt ist aus: „%1“ konnte nicht geöffnet werden (%2). Namen und Bildtexte können weiter durchsucht werden.</translation>
        </message>
        <message>
            <source>No space left on the disk that holds the library. Indexing paused after %1 photos; nothing is lost. Free some space, then scan again.</source>
            <translation>Auf dem Datenträger mit der Sammlung ist kein Platz mehr. Das Erschließen hielt nach %1 Fotos an; nichts ist verloren. Schaffen Sie Platz und lesen Sie neu ein.</translation>
        </message>
        <message>
            <source>Another Photolex is writing to this library. Scan again when it is done.</source>
            <translation>Ein anderes Photolex schreibt in diese Sammlung. Lesen Sie neu ein, wenn es fertig ist.</translation>
        </message>
        <message>
            <source>“%1” was not found, so it was not indexed. Connect the drive, then scan again.</source>
            <translation>„%1“ wurde nicht gefunden und darum nicht erschlossen. Schließen Sie das Laufwerk an und lesen Sie neu ein.</translation>
        </message>
        <message>
            <source>“%1” may not be read, so it was not indexed. Change its permissions, then scan again.</source>
            <translation>„%1“ darf nicht gelesen werden und wurde darum nicht erschlossen. Ändern Sie die Rechte und lesen Sie neu ein.</translation>
        </message>
        <message>
            <source>Indexing stopped after %1 photos: %2</source>
            <translation>Das Erschließen endete nach %1 Fotos: %2</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) added</source>
            <translation>
                <numerusform>%n Foto hinzugefügt</numerusform>
                <numerusform>%n Fotos hinzugefügt</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n updated</source>
            <translation>
                <numerusform>%n aktualisiert</numerusform>
                <numerusform>%n aktualisiert</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n moved</source>
            <translation>
                <numerusform>%n umgezogen</numerusform>
                <numerusform>%n umgezogen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n gone</source>
            <translation>
                <numerusform>%n fort</numerusform>
                <numerusform>%n fort</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n could not be read</source>
            <translation>
                <numerusform>%n nicht lesbar</numerusform>
                <numerusform>%n nicht lesbar</numerusform>
            </translation>
        </message>
        <message>
            <source>a folder is offline; its photos stay in the library</source>
            <translation>ein Ordner ist offline; seine Fotos bleiben in der Sammlung</translation>
        </message>
        <message>
            <source>, </source>
            <extracomment>joins the parts of &quot;12 photos added, 2 moved&quot;</extracomment>
            <translation>, </translation>
        </message>
        <message>
            <source>less than a minute left</source>
            <translation>weniger als eine Minute</translation>
        </message>
        <message>
            <source>%1 min left</source>
            <translation>noch %1 min</translation>
        </message>
        <message>
            <source>%1 h %2 min left</source>
            <translation>noch %1 h %2 min</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) indexed for “%1”</source>
            <translation>
                <numerusform>%n Foto für „%1“ indexiert</numerusform>
                <numerusform>%n Fotos für „%1“ indexiert</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::ModelsPlace</name>
        <message>
            <source>Installed bundles</source>
            <translation>Installierte Modellpakete</translation>
        </message>
        <message>
            <source>Import a bundle…</source>
            <translation>Modellpaket importieren…</translation>
        </message>
        <message>
            <source>It is checked first, then copied; the folder stays as it is</source>
            <translation>Es wird zuerst geprüft, dann kopiert; der Ordner bleibt, wie er ist</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Prüfen</translation>
        </message>
        <message>
            <source>Compares files with their checksums and stored pictures with their vectors</source>
            <translation>Vergleicht Dateien mit ihren Prüfsummen und mitgelieferte Bilder mit ihren Vektoren</translation>
        </message>
        <message>
            <source>Measure speed</source>
            <translation>Tempo messen</translation>
        </message>
        <message>
            <source>How long a photo and a sentence take on this machine</source>
            <translation>Wie lange ein Foto und ein Satz auf diesem Rechner brauchen</translation>
        </message>
        <message>
            <source>Remove…</source>
            <translation>Entfernen…</translation>
        </message>
        <message>
            <source>Removes the bundle from this machine</source>
            <translation>Entfernt das Modellpaket von diesem Rechner</translation>
        </message>
        <message>
            <source>cannot be read</source>
            <translation>lässt sich nicht lesen</translation>
        </message>
        <message>
            <source>%1, comes with Photolex</source>
            <comment>size</comment>
            <translation>%1, gehört zu Photolex</translation>
        </message>
        <message>
            <source>%1, imported</source>
            <comment>size</comment>
            <translation>%1, importiert</translation>
        </message>
        <message>
            <source>It is a part of Photolex</source>
            <translation>Es ist ein Teil von Photolex</translation>
        </message>
        <message>
            <source>Import a bundle</source>
            <translation>Modellpaket importieren</translation>
        </message>
        <message>
            <source>“%1” is sound: its files fit their checksums, and its stored pictures give their vectors.</source>
            <translation>„%1“ ist heil: Die Dateien passen zu ihren Prüfsummen, und die mitgelieferten Bilder ergeben ihre Vektoren.</translation>
        </message>
        <message>
            <source>“%1” is damaged:</source>
            <translation>„%1“ ist beschädigt:</translation>
        </message>
        <message>
            <source>“%1” is being checked…</source>
            <translation>„%1“ wird geprüft…</translation>
        </message>
        <message>
            <source>“%1” could not be measured:</source>
            <translation>„%1“ ließ sich nicht messen:</translation>
        </message>
        <message>
            <source>Measured while photos are being indexed: it is faster otherwise.</source>
            <translation>Gemessen, während Fotos indexiert werden: Sonst geht es schneller.</translation>
        </message>
        <message>
            <source>Photos and sentences are being timed…</source>
            <translation>Fotos und Sätze werden gemessen…</translation>
        </message>
        <message>
            <source>Remove a bundle</source>
            <translation>Modellpaket entfernen</translation>
        </message>
        <message>
            <source>Remove “%1” from this machine?</source>
            <translation>„%1“ von diesem Rechner entfernen?</translation>
        </message>
        <message>
            <source>Its files are deleted: %1. Photos and captions stay; to have it back, import it again.</source>
            <translation>Seine Dateien werden gelöscht: %1. Fotos und Bildtexte bleiben; um es zurückzuhaben, importieren Sie es wieder.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>“%1” was removed.</source>
            <translation>„%1“ wurde entfernt.</translation>
        </message>
        <message>
            <source>“%1” is being removed…</source>
            <translation>„%1“ wird entfernt…</translation>
        </message>
        <message>
            <source>“%1” was not imported, and nothing was changed:</source>
            <translation>„%1“ wurde nicht importiert, und nichts wurde verändert:</translation>
        </message>
        <message>
            <source>“%1” was checked and imported.</source>
            <translation>„%1“ wurde geprüft und importiert.</translation>
        </message>
        <message>
            <source>A bundle with code</source>
            <translation>Ein Modellpaket mit Programmcode</translation>
        </message>
        <message>
            <source>“%1” holds TorchScript, which is code.</source>
            <translation>„%1“ enthält TorchScript, also Programmcode.</translation>
        </message>
        <message>
            <source>It runs with your rights as soon as it is opened: it could read your files, or change them. Import it only if you trust whoever made it.</source>
            <translation>Er läuft mit Ihren Rechten, sobald er geöffnet wird: Er könnte Ihre Dateien lesen oder ändern. Importieren Sie es nur, wenn Sie dem vertrauen, der es gemacht hat.</translation>
        </message>
        <message>
            <source>Run it and import</source>
            <translation>Ausführen und importieren</translation>
        </message>
        <message>
            <source>Train an encoder…</source>
            <translation>Encoder trainieren…</translation>
        </message>
        <message>
            <source>On your own captions, or those of a folder</source>
            <translation>Mit Ihren eigenen Bildtexten oder denen eines Ordners</translation>
        </message>
        <message>
            <source>%1, trained here</source>
            <comment>size</comment>
            <translation>%1, hier trainiert</translation>
        </message>
        <message>
            <source>Show the training that runs…</source>
            <translation>Laufendes Training zeigen…</translation>
        </message>
        <message>
            <source>The training of “%1” is done.</source>
            <translation>Das Training von „%1“ ist fertig.</translation>
        </message>
        <message>
            <source>The training of “%1” stopped.</source>
            <translation>Das Training von „%1“ ist stehen geblieben.</translation>
        </message>
        <message>
            <source>Show the list…</source>
            <translation>Liste zeigen …</translation>
        </message>
        <message>
            <source>The folder of a bundle…</source>
            <translation>Den Ordner eines Modellpakets …</translation>
        </message>
        <message>
            <source>A pair of TorchScript modules…</source>
            <translation>Ein Paar TorchScript-Module …</translation>
        </message>
        <message>
            <source>Ready-made rows…</source>
            <translation>Fertige Zeilen …</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>Importieren</translation>
        </message>
        <message>
            <source>It is checked first, then copied; what it is made from stays as it is</source>
            <translation>Erst wird geprüft, dann kopiert; das Original bleibt, wie es ist</translation>
        </message>
        <message>
            <source>“%1” was checked and imported: %2 dimensions, %3 ms a photo. Choose it in Compare; its photos are indexed there.</source>
            <translation>„%1“ wurde geprüft und importiert: %2 Dimensionen, %3 ms je Foto. Wählen Sie ihn unter Vergleichen; dort werden die Fotos für ihn indexiert.</translation>
        </message>
        <message>
            <source>“%1” was checked and imported: %2 rows of photos, %3 of sentences.</source>
            <translation>„%1“ wurde geprüft und importiert: %2 Zeilen zu Fotos, %3 zu Sätzen.</translation>
        </message>
        <message>
            <source>%1 rows found their photo in this library, %2 of them by the name alone.</source>
            <translation>%1 Zeilen fanden ihr Foto in dieser Sammlung, %2 davon nur nach dem Namen.</translation>
        </message>
        <message>
            <source>%1 (several photos)</source>
            <comment>a path</comment>
            <translation>%1 (mehrere Fotos)</translation>
        </message>
        <message>
            <source>%1 found none, and for %2 several photos could be meant.</source>
            <translation>%1 fanden keines, und bei %2 könnten mehrere Fotos gemeint sein.</translation>
        </message>
        <message>
            <source>Rows without a photo</source>
            <translation>Zeilen ohne Foto</translation>
        </message>
        <message>
            <source>Use in all places</source>
            <translation>Überall verwenden</translation>
        </message>
        <message>
            <source>Search, map and all other places work with it, from the next start on</source>
            <translation>Suche, Karte und alles andere arbeiten ab dem nächsten Start damit</translation>
        </message>
        <message>
            <source>Used in all places</source>
            <translation>Wird überall verwendet</translation>
        </message>
        <message>
            <source>All places work with “%1” from the next start on. Photos that it lacks are indexed then, in the background.</source>
            <translation>Ab dem nächsten Start arbeitet alles mit „%1“. Fotos, die ihm fehlen, werden dann im Hintergrund indexiert.</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::OriginText</name>
        <message>
            <source>Written by you</source>
            <translation>Von Ihnen geschrieben</translation>
        </message>
        <message>
            <source>Accepted from a similar photo</source>
            <translation>Von einem ähnlichen Foto übernommen</translation>
        </message>
        <message>
            <source>Accepted from a model</source>
            <translation>Von einem Modell übernommen</translation>
        </message>
        <message>
            <source>Copied from another photo</source>
            <translation>Von einem anderen Foto kopiert</translation>
        </message>
        <message>
            <source>Changed together with others</source>
            <translation>Zusammen mit anderen geändert</translation>
        </message>
        <message>
            <source>Imported</source>
            <translation>Importiert</translation>
        </message>
        <message>
            <source>Brought back by undo</source>
            <translation>Durch „Rückgängig“ zurückgeholt</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <translation>%1 (%2)</translation>
        </message>
        <message>
            <source>%1 · %2</source>
            <translation>%1 · %2</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::PhotoActions</name>
        <message>
            <source>View full screen</source>
            <translation>Im Vollbild ansehen</translation>
        </message>
        <message>
            <source>Open with default program</source>
            <translation>Mit Standardprogramm öffnen</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Im Ordner zeigen</translation>
        </message>
        <message>
            <source>Similar photos</source>
            <translation>Ähnliche Fotos</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Copy path</source>
            <translation>Pfad kopieren</translation>
        </message>
        <message>
            <source>Move to the trash…</source>
            <translation>In den Papierkorb verschieben…</translation>
        </message>
        <message numerus="yes">
            <source>Only the first %n photos were opened.</source>
            <translation>
                <numerusform>Nur das erste Foto wurde geöffnet.</numerusform>
                <numerusform>Nur die ersten %n Fotos wurden geöffnet.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) copied.</source>
            <translation>
                <numerusform>%n Foto kopiert.</numerusform>
                <numerusform>%n Fotos kopiert.</numerusform>
            </translation>
        </message>
        <message>
            <source>Move “%1” to the trash?</source>
            <translation>„%1“ in den Papierkorb verschieben?</translation>
        </message>
        <message numerus="yes">
            <source>Move %n photo(s) to the trash?</source>
            <translation>
                <numerusform>%n Foto in den Papierkorb verschieben?</numerusform>
                <numerusform>%n Fotos in den Papierkorb verschieben?</numerusform>
            </translation>
        </message>
        <message>
            <source>The files leave their folder. You can bring them back from the trash.</source>
            <translation>Die Dateien verlassen ihren Ordner. Sie können sie aus dem Papierkorb zurückholen.</translation>
        </message>
        <message>
            <source>Move to the trash</source>
            <translation>In den Papierkorb verschieben</translation>
        </message>
        <message>
            <source>“%1” could not be moved to the trash.</source>
            <translation>„%1“ konnte nicht in den Papierkorb verschoben werden.</translation>
        </message>
        <message>
            <source>Slide show</source>
            <translation>Diaschau</translation>
        </message>
        <message>
            <source>Add to album</source>
            <translation>Zu Album hinzufügen</translation>
        </message>
        <message>
            <source>New album…</source>
            <translation>Neues Album…</translation>
        </message>
        <message>
            <source>Remove from album</source>
            <translation>Aus Album nehmen</translation>
        </message>
        <message>
            <source>Add to the expression</source>
            <translation>Zum Ausdruck dazuzählen</translation>
        </message>
        <message>
            <source>“%1” could not be started.</source>
            <translation>„%1“ ließ sich nicht starten.</translation>
        </message>
        <message>
            <source>Open with</source>
            <translation>Öffnen mit</translation>
        </message>
        <message>
            <source>%1 (default)</source>
            <comment>name of a program</comment>
            <translation>%1 (Standard)</translation>
        </message>
        <message>
            <source>No program for this kind of photo</source>
            <translation>Kein Programm für diese Art von Foto</translation>
        </message>
        <message>
            <source>Open the RAW file with its default program</source>
            <translation>RAW-Datei mit Standardprogramm öffnen</translation>
        </message>
        <message>
            <source>Play the film</source>
            <translation>Film abspielen</translation>
        </message>
        <message>
            <source>Show all its files in folder</source>
            <translation>Alle seine Dateien im Ordner zeigen</translation>
        </message>
        <message>
            <source>What was taken with it goes along: %1.</source>
            <comment>names of files</comment>
            <translation>Was mit ihm aufgenommen wurde, geht mit: %1.</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) that were taken with them go along (RAW files, films).</source>
            <translation>
                <numerusform>%n Datei, die mit ihnen aufgenommen wurde, geht mit (RAW-Datei, Film).</numerusform>
                <numerusform>%n Dateien, die mit ihnen aufgenommen wurden, gehen mit (RAW-Dateien, Filme).</numerusform>
            </translation>
        </message>
        <message>
            <source>Show in the library</source>
            <translation>In der Bibliothek zeigen</translation>
        </message>
        <message>
            <source>Show on the map</source>
            <translation>Auf der Karte zeigen</translation>
        </message>
        <message>
            <source>Write captions</source>
            <translation>Bildtexte schreiben</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::PhotoFacts</name>
        <message>
            <source>%1° %2</source>
            <comment>coordinate: degrees and direction</comment>
            <translation>%1° %2</translation>
        </message>
        <message>
            <source>%1 × %2</source>
            <comment>width and height in pixels</comment>
            <translation>%1 × %2</translation>
        </message>
        <message>
            <source>1/%1 s</source>
            <comment>exposure time</comment>
            <translation>1/%1 s</translation>
        </message>
        <message>
            <source>%1 s</source>
            <comment>exposure time</comment>
            <translation>%1 s</translation>
        </message>
        <message>
            <source>%1 mm</source>
            <comment>focal length</comment>
            <translation>%1 mm</translation>
        </message>
        <message>
            <source>Title</source>
            <translation>Titel</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>Kamera</translation>
        </message>
        <message>
            <source>Lens</source>
            <translation>Objektiv</translation>
        </message>
        <message>
            <source>Exposure</source>
            <translation>Belichtung</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Ort</translation>
        </message>
        <message>
            <source>N</source>
            <comment>north</comment>
            <translation>N</translation>
        </message>
        <message>
            <source>S</source>
            <comment>south</comment>
            <translation>S</translation>
        </message>
        <message>
            <source>E</source>
            <comment>east</comment>
            <translation>O</translation>
        </message>
        <message>
            <source>W</source>
            <comment>west</comment>
            <translation>W</translation>
        </message>
        <message>
            <source>Keywords</source>
            <translation>Schlagwörter</translation>
        </message>
        <message>
            <source>Rating</source>
            <translation>Bewertung</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>Datum</translation>
        </message>
        <message>
            <source>lies in the future: the camera&apos;s clock may be wrong</source>
            <translation>liegt in der Zukunft: Die Uhr der Kamera geht vielleicht falsch</translation>
        </message>
        <message>
            <source>File size</source>
            <translation>Dateigröße</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Written by you</source>
            <translation>Von Ihnen geschrieben</translation>
        </message>
        <message>
            <source>From the file</source>
            <translation>Aus der Datei</translation>
        </message>
        <message>
            <source>From a similar photo</source>
            <translation>Von einem ähnlichen Foto</translation>
        </message>
        <message>
            <source>Generated</source>
            <translation>Erzeugt</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::PhotoGrid</name>
        <message>
            <source>Photo %1</source>
            <translation>Foto %1</translation>
        </message>
        <message>
            <source>Photos</source>
            <translation>Fotos</translation>
        </message>
        <message>
            <source>Offline</source>
            <comment>badge on a photo whose drive is not connected</comment>
            <translation>Offline</translation>
        </message>
        <message>
            <source>Damaged</source>
            <comment>badge on a photo</comment>
            <translation>Beschädigt</translation>
        </message>
        <message>
            <source>Animated</source>
            <comment>badge on a photo</comment>
            <translation>Bewegt</translation>
        </message>
        <message>
            <source>RAW</source>
            <comment>badge on a photo that has its RAW file beside it</comment>
            <translation>RAW</translation>
        </message>
        <message>
            <source>Live</source>
            <comment>badge on a photo that has a short film beside it</comment>
            <translation>Live</translation>
        </message>
        <message>
            <source>No caption</source>
            <comment>badge on a photo; as short as can be</comment>
            <translation>Ohne Text</translation>
        </message>
        <message>
            <source>Proposal</source>
            <comment>badge on a photo for which a caption is proposed</comment>
            <translation>Vorschlag</translation>
        </message>
        <message>
            <source>Draft</source>
            <comment>badge on a photo whose caption is being typed</comment>
            <translation>Entwurf</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::PhotoModel</name>
        <message>
            <source>%1, taken %2</source>
            <translation>%1, aufgenommen %2</translation>
        </message>
        <message>
            <source>%1, cannot be shown</source>
            <translation>%1, kann nicht gezeigt werden</translation>
        </message>
        <message>
            <source>%1, damaged</source>
            <translation>%1, beschädigt</translation>
        </message>
        <message>
            <source>%1, not connected</source>
            <translation>%1, nicht verbunden</translation>
        </message>
        <message>
            <source>%1 × %2 pixels, %3</source>
            <comment>width, height, size of the file</comment>
            <translation>%1 × %2 Pixel, %3</translation>
        </message>
        <message>
            <source>The drive or folder that holds it is not connected.</source>
            <translation>Das Laufwerk oder der Ordner mit dieser Datei ist nicht verbunden.</translation>
        </message>
        <message>
            <source>%1, together with %2</source>
            <comment>names of files</comment>
            <translation>%1, zusammen mit %2</translation>
        </message>
        <message>
            <source>Together with %1</source>
            <comment>names of files</comment>
            <translation>Zusammen mit %1</translation>
        </message>
        <message>
            <source>without caption</source>
            <translation>ohne Bildtext</translation>
        </message>
        <message>
            <source>caption proposed, not taken yet</source>
            <translation>Bildtext vorgeschlagen, noch nicht übernommen</translation>
        </message>
        <message>
            <source>caption being typed</source>
            <translation>Bildtext wird gerade geschrieben</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <extracomment>a photo, and how far its caption is</extracomment>
            <translation>%1, %2</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::PhotoPreview</name>
        <message>
            <source>Preview</source>
            <translation>Vorschau</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Captions</source>
            <translation>Bildtexte</translation>
        </message>
        <message>
            <source>Nearest words</source>
            <translation>Nächste Wörter</translation>
        </message>
        <message>
            <source>What the model thinks this is. Click a word to search for it.</source>
            <translation>Was das Modell darin sieht. Ein Klick auf ein Wort sucht danach.</translation>
        </message>
        <message>
            <source>Similar photos</source>
            <translation>Ähnliche Fotos</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Einzelheiten</translation>
        </message>
        <message>
            <source>Select a photo to see it here.</source>
            <translation>Wählen Sie ein Foto, um es hier zu sehen.</translation>
        </message>
        <message>
            <source>This photo is not in the library any more.</source>
            <translation>Dieses Foto ist nicht mehr in der Sammlung.</translation>
        </message>
        <message>
            <source>The drive or folder that holds this photo is not connected.</source>
            <translation>Das Laufwerk oder der Ordner mit diesem Foto ist nicht verbunden.</translation>
        </message>
        <message>
            <source>The file is damaged: a part of the picture is missing.</source>
            <translation>Die Datei ist beschädigt: Ein Teil des Bildes fehlt.</translation>
        </message>
        <message>
            <source>Caption</source>
            <translation>Bildtext</translation>
        </message>
        <message>
            <source>The model is being opened…</source>
            <translation>Das Modell wird geöffnet…</translation>
        </message>
        <message>
            <source>The words come as soon as this photo has been looked at by the model.</source>
            <translation>Die Wörter kommen, sobald das Modell dieses Foto angesehen hat.</translation>
        </message>
        <message>
            <source>Search for “%1” (score %2)</source>
            <translation>Nach „%1“ suchen (Wert %2)</translation>
        </message>
        <message>
            <source>Search for this word</source>
            <translation>Nach diesem Wort suchen</translation>
        </message>
        <message>
            <source>Show the RAW file</source>
            <translation>RAW-Datei zeigen</translation>
        </message>
        <message>
            <source>Play the film</source>
            <translation>Film abspielen</translation>
        </message>
        <message>
            <source>The film that was taken with this photo, in the desktop&apos;s player</source>
            <translation>Der Film, der mit diesem Foto aufgenommen wurde, im Abspielprogramm des Desktops</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) selected</source>
            <translation>
                <numerusform>%n Foto ausgewählt</numerusform>
                <numerusform>%n Fotos ausgewählt</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::PhotoViewer</name>
        <message>
            <source>Photo %1 of %2</source>
            <translation>Foto %1 von %2</translation>
        </message>
        <message>
            <source>%1 (%2 of %3)</source>
            <comment>file name, position, count</comment>
            <translation>%1 (%2 von %3)</translation>
        </message>
        <message>
            <source>This photo cannot be shown.</source>
            <translation>Dieses Foto kann nicht gezeigt werden.</translation>
        </message>
        <message>
            <source>Damaged: a part of the picture is missing</source>
            <translation>Beschädigt: Ein Teil des Bildes fehlt</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <comment>position in the row of photos</comment>
            <translation>%1 von %2</translation>
        </message>
        <message>
            <source>R back to the photo</source>
            <translation>R zurück zum Foto</translation>
        </message>
        <message>
            <source>R shows the RAW file</source>
            <translation>R zeigt die RAW-Datei</translation>
        </message>
        <message>
            <source>P plays the film</source>
            <translation>P spielt den Film ab</translation>
        </message>
        <message>
            <source>Arrow keys turn · S slide show · I information · M map · + − zoom · Esc back</source>
            <translation>Pfeiltasten blättern · S Diaschau · I Angaben · M Karte · + − Größe · Esc zurück</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::PlaceChip</name>
        <message>
            <source>any word</source>
            <translation>irgendein Wort</translation>
        </message>
        <message>
            <source>%1, %2, word %3 of %4</source>
            <extracomment>a word of a caption, its part of speech, and where it stands</extracomment>
            <translation>%1, %2, Wort %3 von %4</translation>
        </message>
        <message>
            <source>, fixed</source>
            <translation>, fest</translation>
        </message>
        <message>
            <source>%1 of the chance among words of this kind</source>
            <translation>%1 der Wahrscheinlichkeit unter Wörtern dieser Art</translation>
        </message>
        <message>
            <source>Read as another part of speech in this sentence</source>
            <translation>In diesem Satz als andere Wortart gelesen</translation>
        </message>
        <message>
            <source>Free this word</source>
            <translation>Dieses Wort freigeben</translation>
        </message>
        <message>
            <source>Fix this word</source>
            <translation>Dieses Wort festhalten</translation>
        </message>
        <message>
            <source>Never use “%1”</source>
            <translation>„%1“ nie verwenden</translation>
        </message>
        <message>
            <source>Other part of speech</source>
            <translation>Andere Wortart</translation>
        </message>
        <message>
            <source>Insert in front</source>
            <translation>Davor einfügen</translation>
        </message>
        <message>
            <source>Insert behind</source>
            <translation>Dahinter einfügen</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::ProblemsDialog</name>
        <message>
            <source>Problems</source>
            <translation>Probleme</translation>
        </message>
        <message>
            <source>Photos that could not be read</source>
            <translation>Fotos, die nicht gelesen werden konnten</translation>
        </message>
        <message>
            <source>Photo</source>
            <translation>Foto</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Grund</translation>
        </message>
        <message>
            <source>What to do</source>
            <translation>Was zu tun ist</translation>
        </message>
        <message>
            <source>Try all again</source>
            <translation>Alle noch einmal versuchen</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Im Ordner zeigen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Every photo could be read.</source>
            <translation>Alle Fotos konnten gelesen werden.</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) could not be read. They stay in the library, the files are not touched, and they are tried again when they change.</source>
            <translation>
                <numerusform>%n Foto konnte nicht gelesen werden. Es bleibt in der Sammlung, die Datei wird nicht angerührt, und es wird wieder versucht, wenn sie sich ändert.</numerusform>
                <numerusform>%n Fotos konnten nicht gelesen werden. Sie bleiben in der Sammlung, die Dateien werden nicht angerührt, und sie werden wieder versucht, wenn sie sich ändern.</numerusform>
            </translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Noch einmal versuchen</translation>
        </message>
        <message>
            <source>The chosen problem</source>
            <translation>Das gewählte Problem</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::QuerySetPanel</name>
        <message>
            <source>Queries, one a line</source>
            <translation>Anfragen, eine je Zeile</translation>
        </message>
        <message>
            <source>One query a line</source>
            <translation>Eine Anfrage je Zeile</translation>
        </message>
        <message>
            <source>Compare all</source>
            <translation>Alle vergleichen</translation>
        </message>
        <message>
            <source>Open a set of queries</source>
            <translation>Anfragen öffnen</translation>
        </message>
        <message>
            <source>Save this set of queries</source>
            <translation>Diese Anfragen speichern</translation>
        </message>
        <message>
            <source>Export what was found</source>
            <translation>Ergebnis exportieren</translation>
        </message>
        <message>
            <source>How alike the encoders answer, least alike first</source>
            <translation>Wie ähnlich die Encoder antworten, die unähnlichsten zuerst</translation>
        </message>
        <message>
            <source>Save queries</source>
            <translation>Anfragen speichern</translation>
        </message>
        <message>
            <source>Text, one query a line (*.txt)</source>
            <translation>Text, eine Anfrage je Zeile (*.txt)</translation>
        </message>
        <message>
            <source>The queries were written to “%1”.</source>
            <translation>Die Anfragen wurden nach „%1“ geschrieben.</translation>
        </message>
        <message>
            <source>Table (*.csv)</source>
            <translation>Tabelle (*.csv)</translation>
        </message>
        <message>
            <source>The table was written to “%1”.</source>
            <translation>Die Tabelle wurde nach „%1“ geschrieben.</translation>
        </message>
        <message>
            <source>%1 of %2 queries…</source>
            <translation>%1 von %2 Anfragen…</translation>
        </message>
        <message>
            <source>Open queries</source>
            <translation>Anfragen öffnen</translation>
        </message>
        <message>
            <source>“%1” is no text with one query a line.</source>
            <translation>„%1“ ist kein Text mit einer Anfrage je Zeile.</translation>
        </message>
        <message>
            <source>No query is known to two encoders.</source>
            <translation>Keine Anfrage verstehen zwei Encoder.</translation>
        </message>
        <message numerus="yes">
            <source>On average of the %n query/queries that can be compared: %1 shared, rank correlation %2, rank-biased overlap %3</source>
            <translation>
                <numerusform>Von der %n Anfrage, die sich vergleichen lässt: %1 gemeinsam, Rangkorrelation %2, Rank-biased overlap %3</numerusform>
                <numerusform>Im Mittel der %n Anfragen, die sich vergleichen lassen: %1 gemeinsam, Rangkorrelation %2, Rank-biased overlap %3</numerusform>
            </translation>
        </message>
        <message>
            <source>Query</source>
            <translation>Anfrage</translation>
        </message>
        <message>
            <source>Shared</source>
            <translation>Gemeinsam</translation>
        </message>
        <message>
            <source>Rank correlation</source>
            <translation>Rangkorrelation</translation>
        </message>
        <message>
            <source>Rank-biased overlap</source>
            <translation>Rank-biased overlap</translation>
        </message>
        <message>
            <source>Ask them all, and see where the encoders agree least.</source>
            <translation>Stellen Sie alle, und sehen Sie, wo die Encoder am wenigsten einig sind.</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::Rail</name>
        <message>
            <source>Places</source>
            <translation>Orte</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::Reasons</name>
        <message>
            <source>empty file</source>
            <translation>die Datei ist leer</translation>
        </message>
        <message>
            <source>the file holds only zeros</source>
            <translation>die Datei enthält nur Nullen</translation>
        </message>
        <message>
            <source>the file ends early</source>
            <translation>die Datei endet zu früh</translation>
        </message>
        <message>
            <source>the file ends early, later frames are missing</source>
            <translation>die Datei endet zu früh, spätere Einzelbilder fehlen</translation>
        </message>
        <message>
            <source>not a picture of a known format</source>
            <translation>kein Bild in einem bekannten Format</translation>
        </message>
        <message>
            <source>not a file</source>
            <translation>keine Datei</translation>
        </message>
        <message>
            <source>not a folder</source>
            <translation>kein Ordner</translation>
        </message>
        <message>
            <source>its drive is not connected</source>
            <translation>das Laufwerk ist nicht verbunden</translation>
        </message>
        <message>
            <source>not enough memory for this picture</source>
            <translation>nicht genug Speicher für dieses Bild</translation>
        </message>
        <message>
            <source>part of the picture is missing</source>
            <translation>ein Teil des Bildes fehlt</translation>
        </message>
        <message>
            <source>the header names no picture size</source>
            <translation>der Dateikopf nennt keine Bildgröße</translation>
        </message>
        <message>
            <source>%1 × %2 pixels, allowed are %3 million</source>
            <translation>%1 × %2 Pixel, erlaubt sind %3 Millionen</translation>
        </message>
        <message>
            <source>%1 × %2 pixels in progressive JPEG need more memory than allowed</source>
            <translation>%1 × %2 Pixel in progressivem JPEG brauchen mehr Speicher als erlaubt</translation>
        </message>
        <message>
            <source>the header names %1 × %2 pixels, but the file has only %3 bytes</source>
            <translation>der Dateikopf nennt %1 × %2 Pixel, aber die Datei hat nur %3 Byte</translation>
        </message>
        <message>
            <source>a frame of %1 × %2 pixels</source>
            <translation>ein Einzelbild mit %1 × %2 Pixeln</translation>
        </message>
        <message>
            <source>damaged JPEG: nothing can be shown</source>
            <translation>beschädigtes JPEG: nichts davon kann gezeigt werden</translation>
        </message>
        <message>
            <source>damaged BMP: no picture size</source>
            <translation>beschädigtes BMP: keine Bildgröße</translation>
        </message>
        <message>
            <source>BMP with %1 bits a pixel and compression %2</source>
            <translation>BMP mit %1 Bit je Pixel und Kompression %2</translation>
        </message>
        <message>
            <source>damaged GIF</source>
            <translation>beschädigtes GIF</translation>
        </message>
        <message>
            <source>PNG with %1 channels</source>
            <translation>PNG mit %1 Kanälen</translation>
        </message>
        <message>
            <source>libpng could not start</source>
            <translation>libpng konnte nicht starten</translation>
        </message>
        <message>
            <source>damaged TIFF: no picture size</source>
            <translation>beschädigtes TIFF: keine Bildgröße</translation>
        </message>
        <message>
            <source>damaged TIFF: its directory cannot be read</source>
            <translation>beschädigtes TIFF: sein Verzeichnis ist nicht lesbar</translation>
        </message>
        <message>
            <source>damaged TIFF: its rows cannot be read</source>
            <translation>beschädigtes TIFF: seine Zeilen sind nicht lesbar</translation>
        </message>
        <message>
            <source>TIFF with floating point in this arrangement</source>
            <translation>TIFF mit Gleitkommazahlen in dieser Anordnung</translation>
        </message>
        <message>
            <source>TIFF with numbers of a kind that no camera writes</source>
            <translation>TIFF mit Zahlen einer Art, die keine Kamera schreibt</translation>
        </message>
        <message>
            <source>damaged WebP: its parts do not fit together</source>
            <translation>beschädigtes WebP: seine Teile passen nicht zusammen</translation>
        </message>
        <message>
            <source>libheif gave no pixels</source>
            <translation>libheif lieferte keine Pixel</translation>
        </message>
        <message>
            <source>needs libheif 1.19 or newer, this is %1: install it from your distribution&apos;s backports</source>
            <translation>braucht libheif 1.19 oder neuer, vorhanden ist %1: Installieren Sie es aus den Backports Ihrer Distribution</translation>
        </message>
        <message>
            <source>LibRaw %1 does not know this kind of RAW</source>
            <translation>LibRaw %1 kennt diese Art von RAW nicht</translation>
        </message>
        <message>
            <source>this RAW needs more memory than allowed</source>
            <translation>dieses RAW braucht mehr Speicher als erlaubt</translation>
        </message>
        <message>
            <source>LibRaw developed no picture of a known kind</source>
            <translation>LibRaw entwickelte kein Bild einer bekannten Art</translation>
        </message>
        <message>
            <source>the network gave values that are not finite, so it cannot be searched</source>
            <translation>das Netz lieferte Werte, die nicht endlich sind; es kann nicht gefunden werden</translation>
        </message>
        <message>
            <source>the library has schema version %1, this program knows up to %2</source>
            <translation>die Sammlung hat die Schemaversion %1, dieses Programm kennt sie bis %2</translation>
        </message>
        <message>
            <source>this is not an SQLite database</source>
            <translation>dies ist keine SQLite-Datenbank</translation>
        </message>
        <message>
            <source>this is the database of another program</source>
            <translation>dies ist die Datenbank eines anderen Programms</translation>
        </message>
        <message>
            <source>this kind of JPEG</source>
            <translation>diese Art von JPEG</translation>
        </message>
        <message>
            <source>damaged JPEG</source>
            <translation>beschädigtes JPEG</translation>
        </message>
        <message>
            <source>damaged PNG</source>
            <translation>beschädigtes PNG</translation>
        </message>
        <message>
            <source>this kind of TIFF</source>
            <translation>diese Art von TIFF</translation>
        </message>
        <message>
            <source>damaged TIFF</source>
            <translation>beschädigtes TIFF</translation>
        </message>
        <message>
            <source>libheif %1 cannot read this</source>
            <translation>libheif %1 kann dies nicht lesen</translation>
        </message>
        <message>
            <source>damaged HEIC or AVIF</source>
            <translation>beschädigtes HEIC oder AVIF</translation>
        </message>
        <message>
            <source>damaged RAW</source>
            <translation>beschädigtes RAW</translation>
        </message>
        <message>
            <source>not enough memory</source>
            <translation>nicht genug Speicher</translation>
        </message>
        <message>
            <source>it holds no captions</source>
            <translation>sie enthält keine Bildtexte</translation>
        </message>
        <message>
            <source>it has sentences only, no photos</source>
            <translation>sie enthält nur Sätze, keine Fotos</translation>
        </message>
        <message>
            <source>the first line must name the columns path and caption</source>
            <translation>die erste Zeile muss die Spalten path und caption nennen</translation>
        </message>
        <message>
            <source>record %1 has %2 fields, not %3</source>
            <translation>Datensatz %1 hat %2 Felder statt %3</translation>
        </message>
        <message>
            <source>it is no file of captions: a folder with .txt or XMP beside the photos, captions.tsv, a table with the columns path and caption, Karpathy&apos;s or COCO&apos;s JSON, or a Flickr token file is expected</source>
            <translation>das ist keine Datei mit Bildtexten: erwartet wird ein Ordner mit .txt oder XMP neben den Fotos, captions.tsv, eine Tabelle mit den Spalten path und caption, JSON von Karpathy oder COCO oder eine Token-Datei von Flickr</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::SearchField</name>
        <message>
            <source>Search by words, or drop a picture here</source>
            <translation>Mit Worten suchen oder ein Bild hier ablegen</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Suche</translation>
        </message>
        <message>
            <source>Clear the search</source>
            <translation>Suche leeren</translation>
        </message>
        <message>
            <source>Recent and saved searches</source>
            <translation>Letzte und gespeicherte Suchen</translation>
        </message>
        <message>
            <source>Photos like “%1”. Click to take it out of the search.</source>
            <translation>Fotos wie „%1“. Ein Klick nimmt es aus der Suche.</translation>
        </message>
        <message>
            <source>Take “%1” out of the search</source>
            <translation>„%1“ aus der Suche nehmen</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::SearchFilters</name>
        <message>
            <source>Taken</source>
            <translation>Aufgenommen</translation>
        </message>
        <message>
            <source>Only photos taken then</source>
            <translation>Nur Fotos aus dieser Zeit</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Only photos in this folder</source>
            <translation>Nur Fotos in diesem Ordner</translation>
        </message>
        <message>
            <source>Any time</source>
            <translation>Jederzeit</translation>
        </message>
        <message>
            <source>Between two days…</source>
            <translation>Zwischen zwei Tagen…</translation>
        </message>
        <message>
            <source>Any folder</source>
            <translation>Alle Ordner</translation>
        </message>
        <message>
            <source>Between two days</source>
            <translation>Zwischen zwei Tagen</translation>
        </message>
        <message>
            <source>First day</source>
            <translation>Erster Tag</translation>
        </message>
        <message>
            <source>Last day</source>
            <translation>Letzter Tag</translation>
        </message>
        <message>
            <source>Show these days</source>
            <translation>Diese Tage zeigen</translation>
        </message>
        <message>
            <source>%1 to %2</source>
            <translation>%1 bis %2</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::SearchPlace</name>
        <message>
            <source>Save this search</source>
            <translation>Diese Suche speichern</translation>
        </message>
        <message>
            <source>Copy or link to a folder…</source>
            <translation>In einen Ordner kopieren oder verknüpfen…</translation>
        </message>
        <message>
            <source>Write a list…</source>
            <translation>Liste schreiben…</translation>
        </message>
        <message>
            <source>Photos found</source>
            <translation>Gefundene Fotos</translation>
        </message>
        <message>
            <source>Just a moment</source>
            <translation>Einen Augenblick</translation>
        </message>
        <message>
            <source>The encoder is still opening. The photos come by themselves.</source>
            <translation>Der Encoder wird noch geöffnet. Die Fotos kommen von selbst.</translation>
        </message>
        <message>
            <source>This cannot be searched</source>
            <translation>Danach kann nicht gesucht werden</translation>
        </message>
        <message>
            <source>The text holds nothing that can be read as words. Type it again.</source>
            <translation>Der Text enthält nichts, was als Worte zu lesen ist. Geben Sie ihn neu ein.</translation>
        </message>
        <message>
            <source>Less likely</source>
            <translation>Weniger wahrscheinlich</translation>
        </message>
        <message>
            <source>What should be in the picture?</source>
            <translation>Was soll auf dem Bild sein?</translation>
        </message>
        <message>
            <source>None of these words is known</source>
            <translation>Keines dieser Wörter ist bekannt</translation>
        </message>
        <message>
            <source>Try other words, or one of the spellings above.</source>
            <translation>Versuchen Sie andere Wörter oder eine der Schreibweisen oben.</translation>
        </message>
        <message>
            <source>Nothing in these days and this folder</source>
            <translation>Nichts in dieser Zeit und diesem Ordner</translation>
        </message>
        <message>
            <source>The search itself may find more elsewhere.</source>
            <translation>Anderswo findet die Suche vielleicht mehr.</translation>
        </message>
        <message>
            <source>Search everywhere</source>
            <translation>Überall suchen</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Nichts gefunden</translation>
        </message>
        <message>
            <source>Photos that are still being indexed are found as soon as they are done.</source>
            <translation>Fotos, die noch erschlossen werden, sind zu finden, sobald sie fertig sind.</translation>
        </message>
        <message>
            <source>score %1</source>
            <translation>Wert %1</translation>
        </message>
        <message>
            <source>score %1: %2</source>
            <translation>Wert %1: %2</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Suche</translation>
        </message>
        <message>
            <source>Select a photo to see why it was found.</source>
            <translation>Wählen Sie ein Foto aus, um zu sehen, warum es gefunden wurde.</translation>
        </message>
        <message>
            <source>This cancels out</source>
            <translation>Das hebt sich auf</translation>
        </message>
        <message>
            <source>What is added and what is taken away are the same: nothing is left to look for.</source>
            <translation>Dazugezähltes und Abgezogenes sind gleich: Es bleibt nichts, wonach zu suchen wäre.</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Results onto the map, to a folder or as a list</source>
            <translation>Ergebnisse auf die Karte, in einen Ordner oder als Liste</translation>
        </message>
        <message>
            <source>Show on the map</source>
            <translation>Auf der Karte zeigen</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::SearchStart</name>
        <message>
            <source>Find photos by what is in them</source>
            <translation>Fotos nach ihrem Inhalt finden</translation>
        </message>
        <message>
            <source>Type what you see in your mind. A minus takes something away: “beach -people”. A picture that is dropped here, or pasted, finds others like it.</source>
            <translation>Schreiben Sie, was Sie vor Augen haben, auf Englisch. Ein Minus nimmt etwas weg: „beach -people“. Ein Bild, das hier abgelegt oder eingefügt wird, findet andere, die ihm gleichen.</translation>
        </message>
        <message>
            <source>Saved</source>
            <translation>Gespeichert</translation>
        </message>
        <message>
            <source>Recent</source>
            <translation>Zuletzt gesucht</translation>
        </message>
        <message>
            <source>For a start</source>
            <translation>Für den Anfang</translation>
        </message>
        <message>
            <source>Search “%1”</source>
            <translation>„%1“ suchen</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::SelectionPanel</name>
        <message>
            <source>Groups on the map</source>
            <translation>Gruppen auf der Karte</translation>
        </message>
        <message>
            <source>Enter or a double click looks at a group from near. On the map, drag with Shift held to draw a line around photos.</source>
            <translation>Eingabe oder ein Doppelklick zeigt eine Gruppe aus der Nähe. Auf der Karte zieht man mit gedrückter Umschalttaste eine Linie um Fotos.</translation>
        </message>
        <message>
            <source>Groups</source>
            <translation>Gruppen</translation>
        </message>
        <message>
            <source>Photos selected on the map</source>
            <translation>Auf der Karte ausgewählte Fotos</translation>
        </message>
        <message>
            <source>Photos like the one in the middle</source>
            <translation>Fotos wie das mittlere</translation>
        </message>
        <message>
            <source>Add to the expression</source>
            <translation>Zum Ausdruck hinzufügen</translation>
        </message>
        <message>
            <source>Select nothing</source>
            <translation>Nichts auswählen</translation>
        </message>
        <message>
            <source>Group %1</source>
            <translation>Gruppe %1</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <extracomment>name of a group of photos, and how many photos are in it</extracomment>
            <translation>%1 (%2)</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s)</source>
            <translation>
                <numerusform>%n Foto</numerusform>
                <numerusform>%n Fotos</numerusform>
            </translation>
        </message>
        <message>
            <source>More for these photos: albums, copy, show in folder</source>
            <translation>Mehr für diese Fotos: Alben, Kopieren, im Ordner zeigen</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::Sentences</name>
        <message>
            <source>Not read yet</source>
            <translation>Noch nicht gelesen</translation>
        </message>
        <message>
            <source>The file is gone</source>
            <translation>Die Datei ist weg</translation>
        </message>
        <message>
            <source>No permission to read</source>
            <translation>Keine Leserechte</translation>
        </message>
        <message>
            <source>The disk is full</source>
            <translation>Der Datenträger ist voll</translation>
        </message>
        <message>
            <source>The file is empty</source>
            <translation>Die Datei ist leer</translation>
        </message>
        <message>
            <source>The file is damaged</source>
            <translation>Die Datei ist beschädigt</translation>
        </message>
        <message>
            <source>This format cannot be read</source>
            <translation>Dieses Format kann nicht gelesen werden</translation>
        </message>
        <message>
            <source>The picture is too large</source>
            <translation>Das Bild ist zu groß</translation>
        </message>
        <message>
            <source>In use by another program</source>
            <translation>Von einem anderen Programm benutzt</translation>
        </message>
        <message>
            <source>Could not be read</source>
            <translation>Konnte nicht gelesen werden</translation>
        </message>
        <message>
            <source>“%1” was stopped before it was done.</source>
            <translation>„%1“ wurde beendet, bevor es fertig war.</translation>
        </message>
        <message>
            <source>“%1” is not there any more.</source>
            <translation>„%1“ ist nicht mehr da.</translation>
        </message>
        <message>
            <source>“%1” may not be read or written with your rights.</source>
            <translation>„%1“ darf mit Ihren Rechten nicht gelesen oder geschrieben werden.</translation>
        </message>
        <message>
            <source>There is no space left on the disk that holds “%1”.</source>
            <translation>Auf dem Datenträger mit „%1“ ist kein Platz mehr.</translation>
        </message>
        <message>
            <source>“%1” could not be read (%2).</source>
            <translation>„%1“ konnte nicht gelesen werden (%2).</translation>
        </message>
        <message>
            <source>“%1” is of a kind that cannot be read (%2).</source>
            <translation>„%1“ ist von einer Art, die nicht gelesen werden kann (%2).</translation>
        </message>
        <message>
            <source>“%1” is too large to be read (%2).</source>
            <translation>„%1“ ist zu groß, um gelesen zu werden (%2).</translation>
        </message>
        <message>
            <source>“%1” is in use by another program.</source>
            <translation>„%1“ wird von einem anderen Programm benutzt.</translation>
        </message>
        <message>
            <source>“%1” cannot be used here (%2).</source>
            <translation>„%1“ kann hier nicht verwendet werden (%2).</translation>
        </message>
        <message>
            <source>Something went wrong inside Photolex with “%1” (%2).</source>
            <translation>In Photolex ging bei „%1“ etwas schief (%2).</translation>
        </message>
        <message>
            <source>Start it again to go on; what was finished is kept.</source>
            <translation>Starten Sie es noch einmal, um fortzufahren; was fertig ist, bleibt.</translation>
        </message>
        <message>
            <source>Connect the drive that held it, or scan the folder again.</source>
            <translation>Schließen Sie das Laufwerk an oder lesen Sie den Ordner neu ein.</translation>
        </message>
        <message>
            <source>Change the permissions of the file, or choose another place.</source>
            <translation>Ändern Sie die Rechte der Datei oder wählen Sie einen anderen Ort.</translation>
        </message>
        <message>
            <source>Free some space and go on; nothing is lost.</source>
            <translation>Schaffen Sie Platz und fahren Sie fort; nichts ist verloren.</translation>
        </message>
        <message>
            <source>It stays in the library and is tried again when it changes.</source>
            <translation>Sie bleibt in der Sammlung und wird wieder versucht, wenn sie sich ändert.</translation>
        </message>
        <message>
            <source>Update the program named, or save the picture in another format.</source>
            <translation>Aktualisieren Sie das genannte Programm oder speichern Sie das Bild in einem anderen Format.</translation>
        </message>
        <message>
            <source>Save a smaller copy of it.</source>
            <translation>Speichern Sie eine kleinere Kopie.</translation>
        </message>
        <message>
            <source>Close the other program, then try again.</source>
            <translation>Schließen Sie das andere Programm und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>%1 %2</source>
            <comment>month name and year</comment>
            <translation>%1 %2</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::SettingsPlace</name>
        <message>
            <source>Appearance</source>
            <translation>Aussehen</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>That of the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>Farben</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Indexing</source>
            <translation>Erschließen</translation>
        </message>
        <message>
            <source>Processor cores used</source>
            <translation>Genutzte Prozessorkerne</translation>
        </message>
        <message>
            <source>All (%1)</source>
            <translation>Alle (%1)</translation>
        </message>
        <message>
            <source>Index quietly</source>
            <translation>Leise erschließen</translation>
        </message>
        <message>
            <source>One core, and only what other programs leave.</source>
            <translation>Ein Kern, und nur was andere Programme übrig lassen.</translation>
        </message>
        <message>
            <source>Names that are left out</source>
            <translation>Namen, die ausgelassen werden</translation>
        </message>
        <message>
            <source>One pattern a line; * stands for anything. They hold for files and folders from the next scan on. An empty list brings the defaults back.</source>
            <translation>Ein Muster je Zeile; * steht für alles. Sie gelten für Dateien und Ordner ab dem nächsten Einlesen. Eine leere Liste stellt die Vorgaben wieder her.</translation>
        </message>
        <message>
            <source>Show in the file manager</source>
            <translation>In der Dateiverwaltung zeigen</translation>
        </message>
        <message>
            <source>Show “%1” in the file manager</source>
            <translation>„%1“ in der Dateiverwaltung zeigen</translation>
        </message>
        <message>
            <source>Where things are kept</source>
            <translation>Wo alles liegt</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Leeren</translation>
        </message>
        <message>
            <source>Clear the thumbnails</source>
            <translation>Vorschaubilder leeren</translation>
        </message>
        <message>
            <source>Thumbnails are made again when they are needed</source>
            <translation>Vorschaubilder werden neu gemacht, wenn sie gebraucht werden</translation>
        </message>
        <message>
            <source>Library</source>
            <translation>Sammlung</translation>
        </message>
        <message>
            <source>Thumbnails</source>
            <translation>Vorschaubilder</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Back up the library…</source>
            <translation>Sammlung sichern…</translation>
        </message>
        <message>
            <source>Captions, searches and the list of folders go into one file. Your photos stay where they are and are never changed.</source>
            <translation>Bildtexte, Suchen und die Liste der Ordner kommen in eine Datei. Ihre Fotos bleiben, wo sie sind, und werden nie verändert.</translation>
        </message>
        <message>
            <source>The thumbnails were cleared.</source>
            <translation>Die Vorschaubilder wurden geleert.</translation>
        </message>
        <message>
            <source>Back up the library</source>
            <translation>Sammlung sichern</translation>
        </message>
        <message>
            <source>Back up</source>
            <translation>Sichern</translation>
        </message>
        <message>
            <source>The library was backed up to “%1”.</source>
            <translation>Die Sammlung wurde nach „%1“ gesichert.</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::StatusArea</name>
        <message>
            <source>Pause</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Quiet: one core, and only what other programs leave</source>
            <translation>Leise: ein Kern, und nur was andere Programme übrig lassen</translation>
        </message>
        <message>
            <source>Cancel; what is done is kept</source>
            <translation>Abbrechen; was fertig ist, bleibt</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Status</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <source>Looking for photos: %1 so far</source>
            <translation>Fotos werden gesucht: bisher %1</translation>
        </message>
        <message>
            <source>Looking for photos</source>
            <translation>Fotos werden gesucht</translation>
        </message>
        <message>
            <source>Indexing: %1 of %2 photos</source>
            <translation>Erschließen: %1 von %2 Fotos</translation>
        </message>
        <message>
            <source>Paused. %1</source>
            <translation>Angehalten. %1</translation>
        </message>
        <message>
            <source>%1 per second</source>
            <translation>%1 je Sekunde</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Weiter</translation>
        </message>
        <message numerus="yes">
            <source>%n problem(s)</source>
            <translation>
                <numerusform>%n Problem</numerusform>
                <numerusform>%n Probleme</numerusform>
            </translation>
        </message>
        <message>
            <source>Photos that could not be read, why, and what to do</source>
            <translation>Fotos, die nicht gelesen werden konnten, warum, und was zu tun ist</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s)</source>
            <translation>
                <numerusform>%n Foto</numerusform>
                <numerusform>%n Fotos</numerusform>
            </translation>
        </message>
        <message>
            <source>%1, %2 not indexed yet</source>
            <translation>%1, davon %2 noch nicht erschlossen</translation>
        </message>
        <message>
            <source>Indexing for “%1”: %2 of %3 photos</source>
            <comment>a bundle, two numbers</comment>
            <translation>Indexieren für „%1“: %2 von %3 Fotos</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::StructureRow</name>
        <message>
            <source>Add a word at the end</source>
            <translation>Am Ende ein Wort anfügen</translation>
        </message>
        <message>
            <source>Structure</source>
            <translation>Struktur</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::TermChip</name>
        <message>
            <source>Add instead of taking away</source>
            <translation>Dazuzählen statt abziehen</translation>
        </message>
        <message>
            <source>Take away instead of adding</source>
            <translation>Abziehen statt dazuzählen</translation>
        </message>
        <message>
            <source>Take “%1” out</source>
            <translation>„%1“ herausnehmen</translation>
        </message>
        <message>
            <source>Take out (Delete)</source>
            <translation>Herausnehmen (Entf)</translation>
        </message>
        <message>
            <source>Weight of “%1”</source>
            <translation>Gewicht von „%1“</translation>
        </message>
        <message>
            <source>It cannot be read</source>
            <translation>Nicht lesbar</translation>
        </message>
        <message>
            <source>It does not count: nothing in it is known</source>
            <translation>Zählt nicht: Nichts darin ist bekannt</translation>
        </message>
        <message>
            <source>It does not count</source>
            <translation>Zählt nicht</translation>
        </message>
        <message>
            <source>cannot be read</source>
            <translation>nicht lesbar</translation>
        </message>
        <message>
            <source>not known</source>
            <translation>nicht bekannt</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>Wörter</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::Timeline</name>
        <message>
            <source>Timeline</source>
            <translation>Zeitleiste</translation>
        </message>
        <message>
            <source>Photos per month. Arrow keys go from month to month.</source>
            <translation>Fotos je Monat. Pfeiltasten gehen von Monat zu Monat.</translation>
        </message>
        <message numerus="yes">
            <source>%1: %n photo(s)</source>
            <translation>
                <numerusform>%1: %n Foto</numerusform>
                <numerusform>%1: %n Fotos</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::TrainFindings</name>
        <message>
            <source>%1: %2. %3</source>
            <translation>%1: %2. %3</translation>
        </message>
        <message>
            <source>%1 photos with %2 captions to learn from; %3 photos with %4 are held out, to measure with.</source>
            <translation>%1 Fotos mit %2 Bildtexten zum Lernen; %3 Fotos mit %4 bleiben zum Messen zurück.</translation>
        </message>
        <message>
            <source>This is too little to learn from: at least %1 photos and %2 captions are needed, and 2 photos to measure with. Caption some more, or choose another folder.</source>
            <translation>Das ist zu wenig zum Lernen: Nötig sind mindestens %1 Fotos und %2 Bildtexte, dazu 2 Fotos zum Messen. Beschreiben Sie noch einige oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>These are few captions. New words are learnt from them; do not expect much more.</source>
            <translation>Das sind wenige Bildtexte. Neue Wörter werden daraus gelernt; viel mehr ist nicht zu erwarten.</translation>
        </message>
        <message>
            <source>These are few captions for a new encoder. Begin with one that is there.</source>
            <translation>Für einen neuen Encoder sind das wenige Bildtexte. Beginnen Sie mit einem, der schon da ist.</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) are not where the captions say</source>
            <translation>
                <numerusform>%n Foto liegt nicht dort, wo die Bildtexte es nennen</numerusform>
                <numerusform>%n Fotos liegen nicht dort, wo die Bildtexte sie nennen</numerusform>
            </translation>
        </message>
        <message>
            <source>They are left out. If all photos lie in another folder, say in which.</source>
            <translation>Sie bleiben weg. Wenn alle Fotos in einem anderen Ordner liegen, wählen Sie ihn.</translation>
        </message>
        <message numerus="yes">
            <source>%n captioned photo(s) have not been indexed</source>
            <translation>
                <numerusform>%n Foto mit Bildtext ist noch nicht indexiert</numerusform>
                <numerusform>%n Fotos mit Bildtext sind noch nicht indexiert</numerusform>
            </translation>
        </message>
        <message>
            <source>They are left out until that is done.</source>
            <translation>Sie bleiben bis dahin weg.</translation>
        </message>
        <message numerus="yes">
            <source>%n caption(s) hold no word</source>
            <translation>
                <numerusform>%n Bildtext enthält kein Wort</numerusform>
                <numerusform>%n Bildtexte enthalten kein Wort</numerusform>
            </translation>
        </message>
        <message>
            <source>They are left out.</source>
            <translation>Sie bleiben weg.</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) are there more than once</source>
            <translation>
                <numerusform>%n Foto ist mehrfach da</numerusform>
                <numerusform>%n Fotos sind mehrfach da</numerusform>
            </translation>
        </message>
        <message>
            <source>They count once, with all their captions.</source>
            <translation>Sie zählen einmal, mit all ihren Bildtexten.</translation>
        </message>
        <message numerus="yes">
            <source>%n word(s) are new to the encoder, %1 of the text</source>
            <translation>
                <numerusform>%n Wort ist dem Encoder neu, %1 des Textes</numerusform>
                <numerusform>%n Wörter sind dem Encoder neu, %1 des Textes</numerusform>
            </translation>
        </message>
        <message>
            <source>Perhaps they are of another language: then begin with nothing.</source>
            <translation>Vielleicht sind sie aus einer anderen Sprache: Dann beginnen Sie mit nichts.</translation>
        </message>
        <message>
            <source>They are learnt from their photos.</source>
            <translation>Sie werden aus ihren Fotos gelernt.</translation>
        </message>
        <message>
            <source>Nothing is missing or wrong.</source>
            <translation>Nichts fehlt, nichts ist falsch.</translation>
        </message>
        <message>
            <source>%1: %2, … %3</source>
            <extracomment>what was found, examples, what becomes of it</extracomment>
            <translation>%1: %2, … %3</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::TrainForm</name>
        <message>
            <source>My captions in the library</source>
            <translation>Meine Bildtexte in der Bibliothek</translation>
        </message>
        <message>
            <source>Those you wrote or took over, and those in your files</source>
            <translation>Was Sie schrieben oder übernahmen, und was in Ihren Dateien steht</translation>
        </message>
        <message>
            <source>Captioned photos elsewhere</source>
            <translation>Andere Fotos mit Bildtexten</translation>
        </message>
        <message>
            <source>Folder…</source>
            <translation>Ordner…</translation>
        </message>
        <message>
            <source>With .txt or XMP beside the photos, or with a file of captions</source>
            <translation>Mit .txt oder XMP neben den Fotos oder mit einer Datei voller Bildtexte</translation>
        </message>
        <message>
            <source>File…</source>
            <translation>Datei…</translation>
        </message>
        <message>
            <source>A table with the columns path and caption, COCO&apos;s or Karpathy&apos;s JSON, or Flickr&apos;s token file</source>
            <translation>Eine Tabelle mit den Spalten path und caption, JSON von COCO oder Karpathy oder die Token-Datei von Flickr</translation>
        </message>
        <message>
            <source>Contrastive</source>
            <translation>Kontrastiv</translation>
        </message>
        <message>
            <source>Sum of hinges, as in the paper</source>
            <translation>Summe der Hinges, wie im Artikel</translation>
        </message>
        <message>
            <source>Hardest hinges</source>
            <translation>Schwerste Hinges</translation>
        </message>
        <message>
            <source>Passes at most</source>
            <translation>Durchgänge höchstens</translation>
        </message>
        <message>
            <source>Passes over all captions</source>
            <translation>Durchgänge durch alle Bildtexte</translation>
        </message>
        <message>
            <source>End after</source>
            <translation>Ende nach</translation>
        </message>
        <message>
            <source>So many passes without a better one, and it ends; the best one counts</source>
            <translation>So viele Durchgänge ohne einen besseren, dann ist Schluss; der beste zählt</translation>
        </message>
        <message>
            <source> passes without gain</source>
            <extracomment>follows a number: &quot;4 passes without gain&quot;</extracomment>
            <translation> Durchgängen ohne Gewinn</translation>
        </message>
        <message>
            <source>Held out</source>
            <translation>Zum Messen</translation>
        </message>
        <message>
            <source>Photos that are not learnt from, but measured with. A set that names some of its own keeps them.</source>
            <translation>Fotos, mit denen nicht gelernt, sondern gemessen wird. Eine Sammlung, die selbst welche nennt, behält ihre.</translation>
        </message>
        <message>
            <source> % of the photos</source>
            <translation> % der Fotos</translation>
        </message>
        <message>
            <source>Objective</source>
            <translation>Zielfunktion</translation>
        </message>
        <message>
            <source>How firmly it is held to what it knows</source>
            <translation>Wie fest er an dem gehalten wird, was er kann</translation>
        </message>
        <message>
            <source>Sum of word vectors</source>
            <translation>Summe der Wortvektoren</translation>
        </message>
        <message>
            <source>LSTM</source>
            <translation>LSTM</translation>
        </message>
        <message>
            <source>GRU</source>
            <translation>GRU</translation>
        </message>
        <message>
            <source>Dimensions</source>
            <translation>Dimensionen</translation>
        </message>
        <message>
            <source>More settings</source>
            <translation>Weitere Einstellungen</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Begin with</source>
            <translation>Beginnen mit</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Encoder</source>
            <translation>Encoder</translation>
        </message>
        <message>
            <source>What to learn from</source>
            <translation>Woraus gelernt wird</translation>
        </message>
        <message>
            <source>How</source>
            <translation>Wie</translation>
        </message>
        <message>
            <source>Captioned photos</source>
            <translation>Fotos mit Bildtexten</translation>
        </message>
        <message>
            <source>Captions (*.csv *.tsv *.json *.token *.txt)</source>
            <translation>Bildtexte (*.csv *.tsv *.json *.token *.txt)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
        <message>
            <source>It may forget all else for these captions.</source>
            <translation>Er darf für diese Bildtexte alles andere vergessen.</translation>
        </message>
        <message>
            <source>It changes a lot for these captions.</source>
            <translation>Er ändert sich stark für diese Bildtexte.</translation>
        </message>
        <message>
            <source>It learns these captions and stays near what it knew.</source>
            <translation>Er lernt diese Bildtexte und bleibt nah an dem, was er konnte.</translation>
        </message>
        <message>
            <source>It learns new words, and little else changes.</source>
            <translation>Er lernt neue Wörter, sonst ändert sich wenig.</translation>
        </message>
        <message>
            <source>Nothing: a new encoder</source>
            <translation>Nichts: ein neuer Encoder</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::TrainPage</name>
        <message>
            <source>less than a minute</source>
            <translation>weniger als eine Minute</translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s)</source>
            <translation>
                <numerusform>%n Minute</numerusform>
                <numerusform>%n Minuten</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 h %2 min</source>
            <translation>%1 Std. %2 Min.</translation>
        </message>
        <message>
            <source>What was found in the captions</source>
            <translation>Was in den Bildtexten gefunden wurde</translation>
        </message>
        <message>
            <source>The photos lie in another folder…</source>
            <translation>Die Fotos liegen in einem anderen Ordner…</translation>
        </message>
        <message>
            <source>Start training</source>
            <translation>Training beginnen</translation>
        </message>
        <message>
            <source>All models</source>
            <translation>Alle Modelle</translation>
        </message>
        <message>
            <source>A running training goes on</source>
            <translation>Ein laufendes Training geht weiter</translation>
        </message>
        <message>
            <source>Train an encoder</source>
            <translation>Encoder trainieren</translation>
        </message>
        <message>
            <source>Where the photos lie</source>
            <translation>Wo die Fotos liegen</translation>
        </message>
        <message>
            <source>Teach an encoder your own words</source>
            <translation>Bringen Sie einem Encoder Ihre Wörter bei</translation>
        </message>
        <message>
            <source>Choose captions at the side. Photolex looks at them and says how long it will take; nothing starts before you say so, and nothing leaves this machine.</source>
            <translation>Wählen Sie an der Seite Bildtexte. Photolex sieht sie durch und sagt, wie lange es dauern wird; nichts beginnt, bevor Sie es sagen, und nichts verlässt diesen Rechner.</translation>
        </message>
        <message>
            <source>The captions are being looked at…</source>
            <translation>Die Bildtexte werden durchgesehen…</translation>
        </message>
        <message>
            <source>There are no captions in the library yet.</source>
            <translation>In der Bibliothek gibt es noch keine Bildtexte.</translation>
        </message>
        <message>
            <source>My captions</source>
            <translation>Meine Bildtexte</translation>
        </message>
        <message>
            <source>Some steps are being timed…</source>
            <translation>Einige Schritte werden gestoppt…</translation>
        </message>
        <message>
            <source>It will take %1 at most, of it %2 to read the photos (once).</source>
            <translation>Es dauert höchstens %1, davon %2 für das Lesen der Fotos (einmal).</translation>
        </message>
        <message>
            <source>It will take %1 at most.</source>
            <translation>Es dauert höchstens %1.</translation>
        </message>
        <message>
            <source>Throw a training away</source>
            <translation>Training verwerfen</translation>
        </message>
        <message>
            <source>Throw away what “%1” has learnt so far?</source>
            <translation>Verwerfen, was „%1“ bisher gelernt hat?</translation>
        </message>
        <message>
            <source>Photos, captions and bundles stay as they are.</source>
            <translation>Fotos, Bildtexte und Modellpakete bleiben, wie sie sind.</translation>
        </message>
        <message>
            <source>Throw away</source>
            <translation>Verwerfen</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::TrainWatch</name>
        <message>
            <source>How far the training has come</source>
            <translation>Wie weit das Training ist</translation>
        </message>
        <message>
            <source>How many of the best count as found</source>
            <translation>Wie viele der besten als gefunden gelten</translation>
        </message>
        <message>
            <source>Recall at %1</source>
            <comment>among the first %1</comment>
            <translation>Trefferquote bei %1</translation>
        </message>
        <message>
            <source>Held-out captions before and after</source>
            <translation>Zurückgehaltene Bildtexte vorher und nachher</translation>
        </message>
        <message>
            <source>It waits after the step at hand and gives the processor back</source>
            <translation>Es wartet nach dem laufenden Schritt und gibt den Prozessor frei</translation>
        </message>
        <message>
            <source>End now, keep the best</source>
            <translation>Jetzt beenden, Bestes behalten</translation>
        </message>
        <message>
            <source>The encoder of the best pass so far becomes the bundle</source>
            <translation>Der Encoder des bisher besten Durchgangs wird das Modellpaket</translation>
        </message>
        <message>
            <source>Break off</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Whole passes are kept: it can be gone on with, now or after a restart</source>
            <translation>Ganze Durchgänge bleiben: Es kann weitergehen, jetzt oder nach einem Neustart</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Goes on after the last whole pass</source>
            <translation>Geht nach dem letzten ganzen Durchgang weiter</translation>
        </message>
        <message>
            <source>Throw away</source>
            <translation>Verwerfen</translation>
        </message>
        <message>
            <source>Deletes what was trained so far; photos and captions stay</source>
            <translation>Löscht, was bisher trainiert wurde; Fotos und Bildtexte bleiben</translation>
        </message>
        <message>
            <source>Show in Models</source>
            <translation>Bei den Modellen zeigen</translation>
        </message>
        <message>
            <source>The new bundle among the others</source>
            <translation>Das neue Modellpaket unter den anderen</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <source>The new encoder beside the one that it began with</source>
            <translation>Der neue Encoder neben dem, mit dem er begann</translation>
        </message>
        <message>
            <source>Another training</source>
            <translation>Weiteres Training</translation>
        </message>
        <message>
            <source>The photos are being read: %1 of %2. This is done once.</source>
            <translation>Die Fotos werden gelesen: %1 von %2. Das geschieht einmal.</translation>
        </message>
        <message>
            <source>The bundle is being written and tested…</source>
            <translation>Das Modellpaket wird geschrieben und geprüft…</translation>
        </message>
        <message>
            <source>Everything is being made ready…</source>
            <translation>Alles wird vorbereitet…</translation>
        </message>
        <message>
            <source>Pass %1 of at most %2.</source>
            <translation>Durchgang %1 von höchstens %2.</translation>
        </message>
        <message>
            <source>None is better than before yet.</source>
            <translation>Noch ist keiner besser als vorher.</translation>
        </message>
        <message>
            <source>The best so far is pass %1.</source>
            <translation>Der bisher beste ist Durchgang %1.</translation>
        </message>
        <message>
            <source>Paused.</source>
            <translation>Angehalten.</translation>
        </message>
        <message>
            <source>At most %1.</source>
            <comment>a time that is left</comment>
            <translation>Höchstens %1.</translation>
        </message>
        <message>
            <source>Done, but no pass was better than before on the held-out captions: the new bundle knows the new words, and nothing else has changed.</source>
            <translation>Fertig, aber kein Durchgang war auf den zurückgehaltenen Bildtexten besser als vorher: Das neue Modellpaket kennt die neuen Wörter, sonst hat sich nichts geändert.</translation>
        </message>
        <message>
            <source>Done: pass %1 was the best. It is installed as “%2”.</source>
            <translation>Fertig: Durchgang %1 war der beste. Er ist als „%2“ installiert.</translation>
        </message>
        <message numerus="yes">
            <source>It ended after %n pass(es), as no better one came or you wished so.</source>
            <translation>
                <numerusform>Es endete nach %n Durchgang, weil kein besserer kam oder Sie es so wollten.</numerusform>
                <numerusform>Es endete nach %n Durchgängen, weil kein besserer kam oder Sie es so wollten.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) could not be read and were left out.</source>
            <translation>
                <numerusform>%n Foto konnte nicht gelesen werden und blieb weg.</numerusform>
                <numerusform>%n Fotos konnten nicht gelesen werden und blieben weg.</numerusform>
            </translation>
        </message>
        <message>
            <source>It was broken off after pass %1 of at most %2. Nothing is lost.</source>
            <translation>Es wurde nach Durchgang %1 von höchstens %2 abgebrochen. Nichts ist verloren.</translation>
        </message>
        <message>
            <source>It was broken off before its first pass was done.</source>
            <translation>Es wurde abgebrochen, bevor der erste Durchgang fertig war.</translation>
        </message>
        <message>
            <source>Broken off. Whole passes are kept.</source>
            <translation>Abgebrochen. Ganze Durchgänge bleiben.</translation>
        </message>
        <message>
            <source>The training stopped.</source>
            <translation>Das Training ist stehen geblieben.</translation>
        </message>
        <message>
            <source>Whole passes are kept.</source>
            <translation>Ganze Durchgänge bleiben.</translation>
        </message>
        <message>
            <source>Loss on what is learnt</source>
            <translation>Verlust auf dem Gelernten</translation>
        </message>
        <message>
            <source>Passes</source>
            <translation>Durchgänge</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>Verlust</translation>
        </message>
        <message>
            <source>Found among the first %1</source>
            <comment>held-out captions</comment>
            <translation>Unter den ersten %1 gefunden</translation>
        </message>
        <message>
            <source>Recall, %</source>
            <translation>Trefferquote, %</translation>
        </message>
        <message>
            <source>What it knew before: of the ten words nearest to each of many everyday things, %1 are the same.</source>
            <translation>Was er vorher konnte: Von den zehn nächsten Wörtern zu jedem von vielen alltäglichen Dingen sind %1 dieselben.</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>“%1”, from the captions of the library</source>
            <extracomment>a bundle&apos;s name, and what it is trained on</extracomment>
            <translation>„%1“, aus den Bildtexten der Bibliothek</translation>
        </message>
        <message>
            <source>“%1”, from the captions of “%2”</source>
            <translation>„%1“, aus den Bildtexten von „%2“</translation>
        </message>
        <message>
            <source>in %1</source>
            <comment>among the first</comment>
            <translation>in %1</translation>
        </message>
        <message>
            <source>%1 held-out photos</source>
            <translation>%1 Fotos zum Messen</translation>
        </message>
        <message>
            <source>Photo: first</source>
            <comment>found by its caption</comment>
            <translation>Foto: zuerst</translation>
        </message>
        <message>
            <source>Caption: first</source>
            <comment>found by its photo</comment>
            <translation>Text: zuerst</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>Vorher</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>Jetzt</translation>
        </message>
        <message>
            <source>Less than a minute is left.</source>
            <translation>Noch weniger als eine Minute.</translation>
        </message>
        <message>
            <source>Photos</source>
            <comment>that are found</comment>
            <translation>Fotos</translation>
        </message>
        <message>
            <source>Captions</source>
            <comment>that are found</comment>
            <translation>Bildtexte</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::WelcomePage</name>
        <message>
            <source>Welcome</source>
            <translation>Willkommen</translation>
        </message>
        <message>
            <source>See your photos, and find them by words</source>
            <translation>Fotos ansehen und mit Worten finden</translation>
        </message>
        <message>
            <source>Open a folder to look through it at once. While you do, Photolex learns what is in the pictures, so that “dog on a beach” finds them. Nothing leaves this computer, and no photo is changed.</source>
            <translation>Öffnen Sie einen Ordner und sehen Sie ihn sofort durch. Währenddessen lernt Photolex, was auf den Bildern ist, und „dog on a beach“ findet sie. Nichts verlässt diesen Rechner, und kein Foto wird verändert.</translation>
        </message>
        <message>
            <source>Open a folder of photos</source>
            <translation>Ordner mit Fotos öffnen</translation>
        </message>
        <message>
            <source>Open “%1” with more than %2 photos</source>
            <translation>„%1“ mit mehr als %2 Fotos öffnen</translation>
        </message>
        <message numerus="yes">
            <source>Open “%1” with %n photo(s)</source>
            <translation>
                <numerusform>„%1“ mit %n Foto öffnen</numerusform>
                <numerusform>„%1“ mit %n Fotos öffnen</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::WordPanel</name>
        <message>
            <source>Words there</source>
            <translation>Wörter dort</translation>
        </message>
        <message>
            <source>Click adds a word, with Shift takes it away. Words can be dragged, too.</source>
            <translation>Ein Klick zählt ein Wort dazu, mit Umschalt zieht er es ab. Wörter lassen sich auch ziehen.</translation>
        </message>
        <message>
            <source>Add “%1”</source>
            <translation>„%1“ dazuzählen</translation>
        </message>
        <message>
            <source>“%1”, score %2</source>
            <translation>„%1“, Wert %2</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::CaptionsPanel</name>
        <message>
            <source>It has no text side: its rows came without sentences.</source>
            <translation>Er liest keinen Text: Seine Zeilen kamen ohne Sätze.</translation>
        </message>
        <message>
            <source>There are no sentences that it can read.</source>
            <translation>Es gibt keine Sätze, die er lesen kann.</translation>
        </message>
        <message>
            <source>Its bundle has no models that write captions.</source>
            <translation>Sein Modellpaket hat keine Modelle, die Bildtexte schreiben.</translation>
        </message>
        <message>
            <source>Captions of its bundle are written from the points of “%1”.</source>
            <comment>encoder</comment>
            <translation>Bildtexte dieses Modellpakets werden aus den Punkten von „%1“ geschrieben.</translation>
        </message>
        <message>
            <source>Its caption models were made for an earlier version of it.</source>
            <translation>Seine Bildtextmodelle gehören zu einer früheren Fassung von ihm.</translation>
        </message>
        <message>
            <source>What each encoder says of the photo</source>
            <translation>Was jeder Encoder zu dem Foto sagt</translation>
        </message>
        <message>
            <source>%1 reads sentences: %2 of %3</source>
            <comment>an encoder, two numbers</comment>
            <translation>%1 liest Sätze: %2 von %3</translation>
        </message>
        <message>
            <source>%1 looks at the photo…</source>
            <comment>an encoder</comment>
            <translation>%1 betrachtet das Foto …</translation>
        </message>
        <message>
            <source>What does each encoder say?</source>
            <translation>Was sagt jeder Encoder?</translation>
        </message>
        <message>
            <source>Select a photo, here in a column of “One query” or in the library. The sentences that lie nearest to it, and those that are written for it, stand side by side.</source>
            <translation>Wählen Sie ein Foto, hier in einer Spalte von „Eine Anfrage“ oder in der Sammlung. Die Sätze, die ihm am nächsten liegen, und die, die dafür geschrieben werden, stehen dann nebeneinander.</translation>
        </message>
        <message>
            <source>Just a moment</source>
            <translation>Einen Augenblick</translation>
        </message>
        <message>
            <source>The encoders look for sentences.</source>
            <translation>Die Encoder suchen nach Sätzen.</translation>
        </message>
        <message>
            <source>No captions of this photo</source>
            <translation>Keine Bildtexte zu diesem Foto</translation>
        </message>
        <message>
            <source>Nearest %1</source>
            <comment>sentence, a number</comment>
            <translation>Nächster %1</translation>
        </message>
        <message>
            <source>Written %1</source>
            <comment>sentence, a number</comment>
            <translation>Verfasst %1</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <comment>sentence, score</comment>
            <translation>%1 (%2)</translation>
        </message>
        <message>
            <source>This photo is not indexed for it yet.</source>
            <translation>Dieses Foto ist dafür noch nicht indexiert.</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::FileField</name>
        <message>
            <source>Choose…</source>
            <translation>Wählen …</translation>
        </message>
        <message>
            <source>Choose: %1</source>
            <comment>what the button chooses</comment>
            <translation>Wählen: %1</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::MissingNotice</name>
        <message>
            <source>Index now</source>
            <translation>Jetzt indexieren</translation>
        </message>
        <message>
            <source>Reads the photos again, in the background, for the encoders that lack them; what is cancelled goes on here</source>
            <translation>Liest die Fotos im Hintergrund noch einmal, für die Encoder, denen sie fehlen; was abgebrochen wurde, geht hier weiter</translation>
        </message>
        <message>
            <source>%1 has no text side: it can be asked with a photo only.</source>
            <translation>%1 liest keinen Text: Fragen Sie mit einem Foto.</translation>
        </message>
        <message>
            <source>%1 knows only the sentences that it came with.</source>
            <translation>%1 kennt nur die Sätze, die mit ihm kamen.</translation>
        </message>
        <message>
            <source>%1 does not know: %2</source>
            <comment>encoder, words</comment>
            <translation>%1 kennt nicht: %2</translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) have no row among those of %1.</source>
            <translation>
                <numerusform>%n Foto hat keine Zeile unter denen von %1.</numerusform>
                <numerusform>%n Fotos haben keine Zeile unter denen von %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) are still to be indexed for %1.</source>
            <translation>
                <numerusform>%n Foto wird noch für %1 indexiert.</numerusform>
                <numerusform>%n Fotos werden noch für %1 indexiert.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) must be indexed for %1 before it can find them.</source>
            <translation>
                <numerusform>%n Foto muss für %1 indexiert werden, bevor er es finden kann.</numerusform>
                <numerusform>%n Fotos müssen für %1 indexiert werden, bevor er sie finden kann.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::PairDialog</name>
        <message>
            <source>I looked where the modules come from; their code may run</source>
            <translation>Ich weiß, woher die Module kommen; ihr Code darf laufen</translation>
        </message>
        <message>
            <source>Import a pair of modules</source>
            <translation>Ein Paar Module importieren</translation>
        </message>
        <message>
            <source>TorchScript (*.pt *.ts *.torchscript)</source>
            <translation>TorchScript (*.pt *.ts *.torchscript)</translation>
        </message>
        <message>
            <source>Module for photos</source>
            <translation>Modul für Fotos</translation>
        </message>
        <message>
            <source>Module for sentences</source>
            <translation>Modul für Sätze</translation>
        </message>
        <message>
            <source>Pieces of words</source>
            <translation>Wortstücke</translation>
        </message>
        <message>
            <source>Text, one piece a line (*.txt)</source>
            <translation>Text, ein Stück je Zeile (*.txt)</translation>
        </message>
        <message>
            <source>Byte pairs (CLIP)</source>
            <translation>Bytepaare (CLIP)</translation>
        </message>
        <message>
            <source>Word pieces (BERT)</source>
            <translation>Wortstücke (BERT)</translation>
        </message>
        <message>
            <source>Whole words</source>
            <translation>Ganze Wörter</translation>
        </message>
        <message>
            <source> px</source>
            <translation> px</translation>
        </message>
        <message>
            <source>Pieces of a sentence that the module takes</source>
            <translation>Stücke eines Satzes, die das Modul annimmt</translation>
        </message>
        <message>
            <source>Taken off red, green and blue, which go from 0 to 1</source>
            <translation>Werden von Rot, Grün und Blau abgezogen, die von 0 bis 1 gehen</translation>
        </message>
        <message>
            <source>Red, green and blue are divided by these afterwards</source>
            <translation>Danach werden Rot, Grün und Blau dadurch geteilt</translation>
        </message>
        <message>
            <source>As whoever made them says</source>
            <translation>Wie es der Urheber sagt</translation>
        </message>
        <message>
            <source>An encoder that somebody exported as two TorchScript modules, a CLIP for example (the README has a script). Shapes, values and speed are checked before it is installed.</source>
            <translation>Ein Encoder, den jemand als zwei TorchScript-Module exportiert hat, etwa ein CLIP (die README enthält ein Skript). Formen, Werte und Tempo werden geprüft, bevor er installiert wird.</translation>
        </message>
        <message>
            <source>TorchScript is code: it runs with your rights as soon as it is opened, and could read your files, or change them.</source>
            <translation>TorchScript ist Code: Er läuft mit Ihren Rechten, sobald er geöffnet wird, und könnte Ihre Dateien lesen oder ändern.</translation>
        </message>
        <message>
            <source>Side of a photo</source>
            <translation>Seite eines Fotos</translation>
        </message>
        <message>
            <source>Means</source>
            <translation>Mittelwerte</translation>
        </message>
        <message>
            <source>Deviations</source>
            <translation>Abweichungen</translation>
        </message>
        <message>
            <source>Reads</source>
            <translation>Liest</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Länge</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>Run it and import</source>
            <translation>Ausführen und importieren</translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::RowsDialog</name>
        <message>
            <source>Import ready-made rows</source>
            <translation>Fertige Zeilen importieren</translation>
        </message>
        <message>
            <source>Matrices of NumPy (*.npy)</source>
            <translation>Matrizen von NumPy (*.npy)</translation>
        </message>
        <message>
            <source>Tables and lists (*.csv *.tsv *.txt)</source>
            <translation>Tabellen und Listen (*.csv *.tsv *.txt)</translation>
        </message>
        <message>
            <source>Rows of photos</source>
            <translation>Zeilen zu Fotos</translation>
        </message>
        <message>
            <source>Paths of the photos</source>
            <translation>Pfade der Fotos</translation>
        </message>
        <message>
            <source>Folder of relative paths</source>
            <translation>Ordner der relativen Pfade</translation>
        </message>
        <message>
            <source>Rows of sentences</source>
            <translation>Zeilen zu Sätzen</translation>
        </message>
        <message>
            <source>Sentences</source>
            <translation>Sätze</translation>
        </message>
        <message>
            <source>Text, one a line (*.txt)</source>
            <translation>Text, einer je Zeile (*.txt)</translation>
        </message>
        <message>
            <source>As whoever computed them says</source>
            <translation>Wie es sagt, wer sie berechnet hat</translation>
        </message>
        <message>
            <source>Points that were computed elsewhere, a CLIP&apos;s for example: a matrix of NumPy with one row a photo, and the photos&apos; paths in the same order. They are put to the photos of the library by path, else by name.</source>
            <translation>Punkte, die anderswo berechnet wurden, etwa von einem CLIP: eine Matrix von NumPy mit einer Zeile je Foto, und die Pfade der Fotos in derselben Folge. Sie werden den Fotos der Sammlung nach dem Pfad zugeordnet, sonst nach dem Namen.</translation>
        </message>
        <message>
            <source>With rows of sentences too, captioned photos can be measured. Both are optional.</source>
            <translation>Mit Zeilen zu Sätzen lässt sich auch an Fotos mit Bildtexten messen. Beides kann fehlen.</translation>
        </message>
        <message>
            <source>Their paths</source>
            <translation>Ihre Pfade</translation>
        </message>
        <message>
            <source>Relative to</source>
            <translation>Relativ zu</translation>
        </message>
        <message>
            <source>Their sentences</source>
            <translation>Ihre Sätze</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>Importieren</translation>
        </message>
        <message>
            <source>Rows of sentences and the sentences themselves come together</source>
            <translation>Zeilen zu Sätzen und die Sätze selbst gehören zusammen</translation>
        </message>
    </context>
</TS>
