// Times between the domain, protos and SQL.
#pragma once
#include "clock/clock.hpp"
#include "google/protobuf/util/time_util.h"

namespace trunkline::workorder {

inline google::protobuf::Timestamp ToTimestamp(TimePoint time) {
    return google::protobuf::util::TimeUtil::MillisecondsToTimestamp(ToUnixMillis(time));
}
inline TimePoint FromTimestamp(const google::protobuf::Timestamp& time) {
    return FromUnixMillis(google::protobuf::util::TimeUtil::TimestampToMilliseconds(time));
}
inline int64_t Nanos(TimePoint time) { return time.time_since_epoch().count(); }
inline TimePoint FromNanos(int64_t nanos) { return TimePoint(Duration(nanos)); }

}  // namespace trunkline::workorder
