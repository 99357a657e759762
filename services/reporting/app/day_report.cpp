// Counting by queue and by medium.
#include "reporting/app/day_report.hpp"

namespace trunkline::reporting {

DayReport MakeDayReport(const DaySegments& segments) {
    DayReport report;
    report.date = segments.date;
    for (const QueueSegment& segment : segments.queue_segments) {
        report.queues[segment.queue_id].Count(segment);
        report.media[segment.medium].Count(segment);
    }
    for (const AgentSegment& segment : segments.agent_segments) {
        report.queues[segment.queue_id].Count(segment);
        report.media[segment.medium].Count(segment);
    }
    for (const auto& [queue_id, figures] : report.queues) {
        report.total += figures;
    }
    return report;
}

}  // namespace trunkline::reporting
