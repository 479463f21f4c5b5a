<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
    <context>
        <name>photolex::ui::Albums</name>
        <message numerus="yes">
            <source>%n photo(s) added to “%1”.</source>
            <translation>
                <numerusform>%n photo added to “%1”.</numerusform>
                <numerusform>%n photos added to “%1”.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) taken out of the album. The files stay.</source>
            <translation>
                <numerusform>%n photo taken out of the album. The file stays.</numerusform>
                <numerusform>%n photos taken out of the album. The files stay.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::AnswerText</name>
        <message numerus="yes">
            <source>%n photo(s) by name or caption</source>
            <translation>
                <numerusform>%n photo by name or caption</numerusform>
                <numerusform>%n photos by name or caption</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n similar photo(s)</source>
            <translation>
                <numerusform>%n similar photo</numerusform>
                <numerusform>%n similar photos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) fit</source>
            <translation>
                <numerusform>%n photo fits</numerusform>
                <numerusform>%n photos fit</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) are not embedded yet and can only be found by name.</source>
            <translation>
                <numerusform>%n photo is not embedded yet and can only be found by name.</numerusform>
                <numerusform>%n photos are not embedded yet and can only be found by name.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The nearest %n photo(s)</source>
            <translation>
                <numerusform>The nearest photo</numerusform>
                <numerusform>The nearest %n photos</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::BulkDialog</name>
        <message numerus="yes">
            <source>The %n selected photo(s)</source>
            <translation>
                <numerusform>The selected photo</numerusform>
                <numerusform>The %n selected photos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>All %n photo(s) of the list</source>
            <translation>
                <numerusform>The one photo of the list</numerusform>
                <numerusform>All %n photos of the list</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n caption(s) would change.</source>
            <translation>
                <numerusform>%n caption would change.</numerusform>
                <numerusform>%n captions would change.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) lack what the text asks for and stay as they are.</source>
            <translation>
                <numerusform>%n photo lacks what the text asks for and stays as it is.</numerusform>
                <numerusform>%n photos lack what the text asks for and stay as they are.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The first %n are shown.</source>
            <translation>
                <numerusform>The first one is shown.</numerusform>
                <numerusform>The first %n are shown.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::BundlePage</name>
        <message numerus="yes">
            <source>Of %n photo(s) that it did not learn from</source>
            <translation>
                <numerusform>Of %n photo that it did not learn from</numerusform>
                <numerusform>Of %n photos that it did not learn from</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::CaptionBar</name>
        <message numerus="yes">
            <source>%n photo(s)</source>
            <translation>
                <numerusform>%n photo</numerusform>
                <numerusform>%n photos</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::CaptionJobDialog</name>
        <message numerus="yes">
            <source>%1: %n photo(s)</source>
            <extracomment>%1 is what is captioned, e.g. &quot;All photos&quot;</extracomment>
            <translation>
                <numerusform>%1: one photo</numerusform>
                <numerusform>%1: %n photos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n caption(s) written</source>
            <translation>
                <numerusform>one caption written</numerusform>
                <numerusform>%n captions written</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n written before</source>
            <translation>
                <numerusform>one written before</numerusform>
                <numerusform>%n written before</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n have a caption</source>
            <translation>
                <numerusform>one has a caption</numerusform>
                <numerusform>%n have a caption</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n not read yet</source>
            <translation>
                <numerusform>one not read yet</numerusform>
                <numerusform>%n not read yet</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::CaptionsPlace</name>
        <message numerus="yes">
            <source>%n caption(s) had been changed since and were left as they are.</source>
            <translation>
                <numerusform>%n caption had been changed since and was left as it is.</numerusform>
                <numerusform>%n captions had been changed since and were left as they are.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The text was copied to %n photo(s).</source>
            <translation>
                <numerusform>The text was copied to %n photo.</numerusform>
                <numerusform>The text was copied to %n photos.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n with a text of your own were left as they are.</source>
            <translation>
                <numerusform>%n with a text of your own was left as it is.</numerusform>
                <numerusform>%n with a text of your own were left as they are.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n caption(s) were changed. Undo brings them back.</source>
            <translation>
                <numerusform>%n caption was changed. Undo brings it back.</numerusform>
                <numerusform>%n captions were changed. Undo brings them back.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::ExchangeDialog</name>
        <message numerus="yes">
            <source>%n caption(s) done.</source>
            <translation>
                <numerusform>%n caption done.</numerusform>
                <numerusform>%n captions done.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n were the same on both sides already.</source>
            <translation>
                <numerusform>%n was the same on both sides already.</numerusform>
                <numerusform>%n were the same on both sides already.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n had no text.</source>
            <translation>
                <numerusform>%n had no text.</numerusform>
                <numerusform>%n had no text.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n are of photos that are not in the library, such as “%1”.</source>
            <translation>
                <numerusform>%n is of a photo that is not in the library: “%1”.</numerusform>
                <numerusform>%n are of photos that are not in the library, such as “%1”.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n further problem(s).</source>
            <translation>
                <numerusform>%n further problem.</numerusform>
                <numerusform>%n further problems.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n text(s) differ on both sides; none of them was touched.</source>
            <translation>
                <numerusform>%n text differs on both sides; it was not touched.</numerusform>
                <numerusform>%n texts differ on both sides; none of them was touched.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Show %n difference(s)…</source>
            <translation>
                <numerusform>Show the difference…</numerusform>
                <numerusform>Show %n differences…</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Stopped. %n caption(s) came in before; undo takes them back together.</source>
            <translation>
                <numerusform>Stopped. %n caption came in before; undo takes it back.</numerusform>
                <numerusform>Stopped. %n captions came in before; undo takes them back together.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::ExportDialog</name>
        <message numerus="yes">
            <source>The %n selected photo(s)</source>
            <translation>
                <numerusform>The selected photo</numerusform>
                <numerusform>The %n selected photos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>All %n photo(s) of the list</source>
            <translation>
                <numerusform>The one photo of the list</numerusform>
                <numerusform>All %n photos of the list</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::ExportText</name>
        <message numerus="yes">
            <source>%n photo(s) go into this folder:</source>
            <translation>
                <numerusform>%n photo goes into this folder:</numerusform>
                <numerusform>%n photos go into this folder:</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Writing %n photo(s)…</source>
            <translation>
                <numerusform>Writing %n photo…</numerusform>
                <numerusform>Writing %n photos…</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) are in “%1” now.</source>
            <translation>
                <numerusform>%n photo is in “%1” now.</numerusform>
                <numerusform>%n photos are in “%1” now.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::ExpressionMenus</name>
        <message numerus="yes">
            <source>Selected photo(s): %n</source>
            <translation>
                <numerusform>Selected photo</numerusform>
                <numerusform>Selected photos: %n</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::ExpressionPlace</name>
        <message numerus="yes">
            <source>The nearest %n photo(s)</source>
            <translation>
                <numerusform>The nearest photo</numerusform>
                <numerusform>The nearest %n photos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>An expression has at most %n term(s); the rest was left out.</source>
            <translation>
                <numerusform>An expression has at most one term; the rest was left out.</numerusform>
                <numerusform>An expression has at most %n terms; the rest was left out.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::FilterBar</name>
        <message numerus="yes">
            <source>%n photo(s)</source>
            <translation>
                <numerusform>%n photo</numerusform>
                <numerusform>%n photos</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::FolderPanel</name>
        <message numerus="yes">
            <source>%n photo(s)</source>
            <translation>
                <numerusform>%n photo</numerusform>
                <numerusform>%n photos</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::LibraryPlace</name>
        <message numerus="yes">
            <source>Add %n folder(s) to the library?</source>
            <translation>
                <numerusform>Add %n folder to the library?</numerusform>
                <numerusform>Add %n folders to the library?</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::MainWindow</name>
        <message numerus="yes">
            <source>%n pictures were dropped; the first is searched.</source>
            <translation>
                <numerusform>%n picture was dropped; it is searched.</numerusform>
                <numerusform>%n pictures were dropped; the first is searched.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::MapBar</name>
        <message numerus="yes">
            <source>%n photo(s)</source>
            <translation>
                <numerusform>%n photo</numerusform>
                <numerusform>%n photos</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::MapLegend</name>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::MapPlace</name>
        <message numerus="yes">
            <source>%n photo(s)</source>
            <translation>
                <numerusform>%n photo</numerusform>
                <numerusform>%n photos</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::MapSpots</name>
        <message numerus="yes">
            <source>on the map near “%1”, and %n more photo(s)</source>
            <extracomment>where captions are written for: an empty spot of the map; names of the photos around it</extracomment>
            <translation>
                <numerusform>on the map near “%1”, and %n more photo</numerusform>
                <numerusform>on the map near “%1”, and %n more photos</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::MapsPanel</name>
        <message numerus="yes">
            <source>%n photo(s) in both; half of them moved by less than %1 of the map</source>
            <translation>
                <numerusform>%n photo in both; half of them moved by less than %1 of the map</numerusform>
                <numerusform>%n photos in both; half of them moved by less than %1 of the map</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::Messages</name>
        <message numerus="yes">
            <source>%n photo(s) added</source>
            <translation>
                <numerusform>%n photo added</numerusform>
                <numerusform>%n photos added</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n updated</source>
            <translation>
                <numerusform>%n updated</numerusform>
                <numerusform>%n updated</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n moved</source>
            <translation>
                <numerusform>%n moved</numerusform>
                <numerusform>%n moved</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n gone</source>
            <translation>
                <numerusform>%n gone</numerusform>
                <numerusform>%n gone</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n could not be read</source>
            <translation>
                <numerusform>%n could not be read</numerusform>
                <numerusform>%n could not be read</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) indexed for “%1”</source>
            <translation>
                <numerusform>%n photo indexed for “%1”</numerusform>
                <numerusform>%n photos indexed for “%1”</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::MissingNotice</name>
        <message numerus="yes">
            <source>%n photo(s) have no row among those of %1.</source>
            <translation>
                <numerusform>%n photo has no row among those of %1.</numerusform>
                <numerusform>%n photos have no row among those of %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) are still to be indexed for %1.</source>
            <translation>
                <numerusform>%n photo is still to be indexed for %1.</numerusform>
                <numerusform>%n photos are still to be indexed for %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) must be indexed for %1 before it can find them.</source>
            <translation>
                <numerusform>%n photo must be indexed for %1 before it can find it.</numerusform>
                <numerusform>%n photos must be indexed for %1 before it can find them.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::PhotoActions</name>
        <message numerus="yes">
            <source>Only the first %n photos were opened.</source>
            <translation>
                <numerusform>Only the first photo was opened.</numerusform>
                <numerusform>Only the first %n photos were opened.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) copied.</source>
            <translation>
                <numerusform>%n photo copied.</numerusform>
                <numerusform>%n photos copied.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Move %n photo(s) to the trash?</source>
            <translation>
                <numerusform>Move %n photo to the trash?</numerusform>
                <numerusform>Move %n photos to the trash?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) that were taken with them go along (RAW files, films).</source>
            <translation>
                <numerusform>%n file that was taken with them goes along (RAW file, film).</numerusform>
                <numerusform>%n files that were taken with them go along (RAW files, films).</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::PhotoPreview</name>
        <message numerus="yes">
            <source>%n photo(s) selected</source>
            <translation>
                <numerusform>%n photo selected</numerusform>
                <numerusform>%n photos selected</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::ProblemsDialog</name>
        <message numerus="yes">
            <source>%n photo(s) could not be read. They stay in the library, the files are not touched, and they are tried again when they change.</source>
            <translation>
                <numerusform>%n photo could not be read. It stays in the library, the file is not touched, and it is tried again when it changes.</numerusform>
                <numerusform>%n photos could not be read. They stay in the library, the files are not touched, and they are tried again when they change.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::QuerySetPanel</name>
        <message numerus="yes">
            <source>On average of the %n query/queries that can be compared: %1 shared, rank correlation %2, rank-biased overlap %3</source>
            <translation>
                <numerusform>Of the %n query that can be compared: %1 shared, rank correlation %2, rank-biased overlap %3</numerusform>
                <numerusform>On average of the %n queries that can be compared: %1 shared, rank correlation %2, rank-biased overlap %3</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::SelectionPanel</name>
        <message numerus="yes">
            <source>%n photo(s)</source>
            <translation>
                <numerusform>%n photo</numerusform>
                <numerusform>%n photos</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::StatusArea</name>
        <message numerus="yes">
            <source>%n problem(s)</source>
            <translation>
                <numerusform>%n problem</numerusform>
                <numerusform>%n problems</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s)</source>
            <translation>
                <numerusform>%n photo</numerusform>
                <numerusform>%n photos</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::Timeline</name>
        <message numerus="yes">
            <source>%1: %n photo(s)</source>
            <translation>
                <numerusform>%1: %n photo</numerusform>
                <numerusform>%1: %n photos</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::TrainFindings</name>
        <message numerus="yes">
            <source>%n photo(s) are not where the captions say</source>
            <translation>
                <numerusform>%n photo is not where the captions say</numerusform>
                <numerusform>%n photos are not where the captions say</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n captioned photo(s) have not been indexed</source>
            <translation>
                <numerusform>%n captioned photo has not been indexed</numerusform>
                <numerusform>%n captioned photos have not been indexed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n caption(s) hold no word</source>
            <translation>
                <numerusform>%n caption holds no word</numerusform>
                <numerusform>%n captions hold no word</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) are there more than once</source>
            <translation>
                <numerusform>%n photo is there more than once</numerusform>
                <numerusform>%n photos are there more than once</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n word(s) are new to the encoder, %1 of the text</source>
            <translation>
                <numerusform>%n word is new to the encoder, %1 of the text</numerusform>
                <numerusform>%n words are new to the encoder, %1 of the text</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::TrainPage</name>
        <message numerus="yes">
            <source>%n minute(s)</source>
            <translation>
                <numerusform>%n minute</numerusform>
                <numerusform>%n minutes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::TrainWatch</name>
        <message numerus="yes">
            <source>It ended after %n pass(es), as no better one came or you wished so.</source>
            <translation>
                <numerusform>It ended after %n pass, as no better one came or you wished so.</numerusform>
                <numerusform>It ended after %n passes, as no better one came or you wished so.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n photo(s) could not be read and were left out.</source>
            <translation>
                <numerusform>%n photo could not be read and was left out.</numerusform>
                <numerusform>%n photos could not be read and were left out.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>photolex::ui::WelcomePage</name>
        <message numerus="yes">
            <source>Open “%1” with %n photo(s)</source>
            <translation>
                <numerusform>Open “%1” with %n photo</numerusform>
                <numerusform>Open “%1” with %n photos</numerusform>
            </translation>
        </message>
    </context>
</TS>
