// A bounded queue that wakes at once when its user stops.
#include "core/indexing/queue_p.h"
#include "tests/support/support.h"

#include <QTest>
#include <atomic>
#include <memory>
#include <thread>

using photolex::indexing::BoundedQueue;

namespace {
constexpr auto later = std::chrono::hours(1);
auto soon()
{
    return std::chrono::steady_clock::now() + later;
}
} // namespace

class TestQueue : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everythingArrivesOnceAndInOrder()
    {
        BoundedQueue<int> queue(3);
        std::jthread producer([&](const std::stop_token &stop) {
            for (int i = 0; i < 1000; ++i)
                QVERIFY(queue.push(i, stop));
            queue.close();
        });
        int expected = 0;
        while (const auto item = queue.popUntil(soon()))
            QCOMPARE(*item, expected++);
        QCOMPARE(expected, 1000);
        QVERIFY(queue.isDone());
    }

    void holdsNoMoreThanItsCapacity()
    {
        BoundedQueue<std::unique_ptr<int>> queue(2);
        std::atomic<int> put = 0;
        std::jthread producer([&](const std::stop_token &stop) {
            while (queue.push(std::make_unique<int>(put), stop))
                ++put;
        });
        QTRY_COMPARE(put.load(), 2);
        QVERIFY(queue.popUntil(soon()).has_value());
        QTRY_COMPARE(put.load(), 3);
        producer.request_stop(); // wakes the producer that waits for a place
        producer.join();
        QCOMPARE(put.load(), 3);
    }

    void closingWakesBothSides()
    {
        BoundedQueue<int> queue(1);
        std::jthread consumer([&] { QVERIFY(!queue.popUntil(soon()).has_value()); });
        queue.close();
        consumer.join();
        QVERIFY(!queue.push(1, {}));
    }

    void deadlineEndsTheWait()
    {
        BoundedQueue<int> queue(1);
        QVERIFY(!queue.popUntil(std::chrono::steady_clock::now()).has_value());
        QVERIFY(!queue.isDone());
    }
};

QTEST_GUILESS_MAIN(TestQueue)
#include "tst_queue.moc"
