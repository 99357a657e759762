// What reporting needs from outside.
#pragma once
#include <string>
#include <vector>

#include "reporting/domain/agent_time.hpp"
#include "reporting/domain/kpi.hpp"
#include "result/result.hpp"

namespace trunkline::reporting {

struct DayQuery {
    std::string date;            // "2026-11-23"; empty: today
    std::string time_zone;       // IANA name
    std::string queue_id;        // empty: all
    std::string medium = {};     // empty: all
    std::string last_date = {};  // of several days; empty: the same day
};
inline constexpr int kMostDays = 92;

struct DaySegments {
    std::string date;
    std::vector<TimePoint> midnights;          // the start of each local day, and the end of the last one
    std::vector<QueueSegment> queue_segments;  // entered the queue on these local days
    std::vector<AgentSegment> agent_segments;  // began on these local days
    std::vector<CallbackAsked> callbacks;      // asked for on these local days
};

// The first stay of a contact in a queue.
struct ArrivalRow {
    TimePoint time{};
    std::string queue_id;
    bool was_served = false;
    Duration talk{};  // with holds
    Duration wrap_up{};
    bool has_left = false;
    Duration patience{};  // of who left
};

// One event of a contact as it was recorded.
struct TimelineRow {
    TimePoint time{};
    std::string source;
    std::string type;
    std::string payload;  // serialized message
};

// Tables filled from events. Safe from any thread; blocks.
class FigureStore {
 public:
    virtual ~FigureStore() = default;
    // kInvalidArgument when dates or time zone make no sense.
    virtual Result<DaySegments> Day(const DayQuery& query) = 0;
    // What overlaps these days; a state that goes on ends now. The queue of the query is not looked at.
    virtual Result<std::vector<StateSpan>> States(const DayQuery& query) = 0;
    // In the order of time. The queue of the query is not looked at.
    virtual Result<std::vector<ArrivalRow>> Arrivals(const DayQuery& query) = 0;
    virtual Result<std::vector<TimelineRow>> Timeline(const std::string& contact_id) = 0;
};

}  // namespace trunkline::reporting
