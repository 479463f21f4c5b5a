#include "core/search/group_names.h"
#include "tests/core/search/word_encoder.h"
#include "tests/support/support.h"

using namespace photolex;

class TestGroupNames : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatTellsGroupsApartNamesThem()
    {
        // Every photo shows people; two groups show dogs, one of them in snow.
        const test::WordEncoder encoder({"people", "dog", "dogs", "snow", "beach", "car"});
        const std::vector<std::string> shown = {"people dog snow", "people dog beach", "people car"};
        std::vector<float> points;
        std::vector<std::int32_t> group;
        for (int i = 0; i < 60; ++i) {
            const auto photo = encoder.photoOf(shown[static_cast<std::size_t>(i % 3)], static_cast<unsigned>(i));
            points.insert(points.end(), photo.begin(), photo.end());
            group.push_back(i % 3);
        }
        const auto names = search::groupNames(encoder, points, group, 4, 2);
        VERIFY_OK(names);
        QCOMPARE(names->size(), 4U);
        QCOMPARE((*names)[0].at(0), std::string("snow"));
        QCOMPARE((*names)[1].at(0), std::string("beach"));
        QCOMPARE((*names)[2].at(0), std::string("car"));
        QVERIFY((*names)[3].empty()); // no photos
        for (const auto &name : *names)
            QVERIFY(std::ranges::find(name, "people") == name.end());
    }

    void oneGroupIsNamedByWhatIsNearest()
    {
        const test::WordEncoder encoder({"dog", "dogs", "snow"});
        std::vector<float> points;
        for (unsigned i = 0; i < 20; ++i) {
            const auto photo = encoder.photoOf("dog dogs", i);
            points.insert(points.end(), photo.begin(), photo.end());
        }
        const auto names = search::groupNames(encoder, points, std::vector<std::int32_t>(20), 1, 3);
        VERIFY_OK(names);
        QVERIFY((*names)[0].at(0).starts_with("dog"));
        QVERIFY(!(*names)[0].at(1).starts_with("dog")); // the other form says nothing new
    }

    void whatDoesNotFitIsRefused()
    {
        const test::WordEncoder encoder({"dog"});
        const std::vector<float> points(test::WordEncoder::width * 2);
        QVERIFY(!search::groupNames(encoder, points, std::vector<std::int32_t>{0}, 1, 1));
        QVERIFY(!search::groupNames(encoder, points, std::vector<std::int32_t>{0, 1}, 1, 1));
        QVERIFY(!search::groupNames(encoder, points, std::vector<std::int32_t>{0, -1}, 1, 1));
        QVERIFY(search::groupNames(encoder, {}, {}, 0, 1).value().empty());
    }
};

QTEST_GUILESS_MAIN(TestGroupNames)
#include "tst_group_names.moc"
