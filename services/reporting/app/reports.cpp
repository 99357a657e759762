// Counting by queue, medium, interval and agent.
#include "reporting/app/reports.hpp"

#include <algorithm>

namespace trunkline::reporting {
namespace {

// Intervals do not cross midnight, so the last one of a day may be shorter where clocks change by half an hour.
std::vector<Period> Cut(const std::vector<TimePoint>& midnights, Duration length) {
    std::vector<Period> periods;
    for (size_t day = 0; day + 1 < midnights.size(); ++day) {
        const TimePoint next = midnights[day + 1];
        const Duration step = length > Duration::zero() ? length : next - midnights[day];
        for (TimePoint start = midnights[day]; start < next; start += step) {
            periods.push_back({start, std::min(start + step, next)});
        }
    }
    return periods;
}

}  // namespace

DayReport MakeDayReport(const DaySegments& segments) {
    std::map<std::string, Tally> queues;
    std::map<std::string, Tally> media;
    Tally total;
    const auto count = [&](const auto& segment) {
        queues[segment.queue_id].Count(segment);
        media[segment.medium].Count(segment);
        total.Count(segment);
    };
    std::for_each(segments.queue_segments.begin(), segments.queue_segments.end(), count);
    std::for_each(segments.agent_segments.begin(), segments.agent_segments.end(), count);
    for (const CallbackAsked& callback : segments.callbacks) {
        queues[callback.queue_id].Count(callback);
        total.Count(callback);
    }
    DayReport report;
    report.date = segments.date;
    for (const auto& [queue_id, tally] : queues) {
        report.queues[queue_id] = tally.Result();
    }
    for (const auto& [medium, tally] : media) {
        report.media[medium] = tally.Result();
    }
    report.total = total.Result();
    return report;
}

std::vector<IntervalRow> MakeIntervalReport(const DaySegments& segments, std::chrono::minutes length) {
    const std::vector<Period> periods = Cut(segments.midnights, length);
    std::vector<Tally> tallies(periods.size());
    const auto at = [&](TimePoint time) -> Tally& {
        const auto after = std::upper_bound(periods.begin(), periods.end(), time,
                                            [](TimePoint left, const Period& right) { return left < right.start; });
        return tallies.at(static_cast<size_t>(after - periods.begin()) - 1);
    };
    for (const QueueSegment& segment : segments.queue_segments) {
        at(segment.entered).Count(segment);
    }
    for (const AgentSegment& segment : segments.agent_segments) {
        at(segment.began).Count(segment);
    }
    std::vector<IntervalRow> rows;
    for (size_t i = 0; i < periods.size(); ++i) {
        rows.push_back({periods[i], tallies[i].Result()});
    }
    return rows;
}

std::map<std::string, AgentRow> MakeAgentReport(const DaySegments& segments, const std::vector<StateSpan>& spans) {
    std::map<std::string, Tally> tallies;
    for (const AgentSegment& segment : segments.agent_segments) {
        tallies[segment.agent_id].Count(segment);
    }
    std::map<std::string, AgentRow> rows;
    for (const auto& [agent_id, tally] : tallies) {
        rows[agent_id].figures = tally.Result();
    }
    const Period period{segments.midnights.front(), segments.midnights.back()};
    for (const StateSpan& span : spans) {
        rows[span.agent_id].time.Count(span, period);
    }
    return rows;
}

}  // namespace trunkline::reporting
