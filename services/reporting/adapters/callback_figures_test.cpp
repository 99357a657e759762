// Figures of callers who were called back.
#include "reporting/adapters/figure_desk_for_tests.hpp"

namespace trunkline::reporting {

using std::chrono::seconds;

TEST_CASE_METHOD(Desk, "figures: who is called back is no abandon, and the try is no caller", "[reporting][database]") {
    const TimePoint in = clock.Now();
    Queue("own", in);
    Leave("own", in, in + seconds(30), acd::v1::ContactDequeued::FLOW_OUT);
    acd::v1::CallbackEnded ended;
    ended.set_callback_id("c-own");
    ended.set_contact_id("c-own");
    ended.set_queue_id("complaints");
    ended.set_result("CONNECTED");
    ended.set_tries(2);
    Tell(ended, in + seconds(630));
    acd::v1::CallbackRequested asked;
    asked.set_callback_id("c-own");
    asked.set_contact_id("c-own");
    asked.set_queue_id("complaints");
    asked.set_number("138****8000");
    Tell(asked, in + seconds(30));
    acd::v1::ContactQueued again;
    again.set_contact_id("try");
    again.set_segment_id("try");
    again.set_queue_id("complaints");
    again.set_callback_id("c-own");
    *again.mutable_queued_time() = TimeUtil::MillisecondsToTimestamp(ToUnixMillis(in));
    Tell(again, in + seconds(30));
    Leave("try", in, in + seconds(630), acd::v1::ContactDequeued::ANSWERED);
    const Figures figures = Total("");
    CHECK(figures.offered == 1);
    CHECK(figures.flowed_out == 1);
    CHECK(figures.answered == 0);
    CHECK(figures.callbacks == 1);
    CHECK(figures.callbacks_connected == 1);
    CHECK(figures.AverageCallbackTime() == Approx(600));
    CHECK(store.Arrivals({"", "Asia/Shanghai", ""}).value().size() == 1);
}

}  // namespace trunkline::reporting
