// Times and durations as protobuf carries them.
#pragma once
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include "clock/clock.hpp"

namespace trunkline::acd {

inline constexpr int64_t kNanosASecond = 1'000'000'000;

inline google::protobuf::Timestamp ToProto(TimePoint time) {
    google::protobuf::Timestamp message;
    message.set_seconds(time.time_since_epoch().count() / kNanosASecond);
    message.set_nanos(static_cast<int32_t>(time.time_since_epoch().count() % kNanosASecond));
    return message;
}

inline google::protobuf::Duration ToProto(Duration duration) {
    google::protobuf::Duration message;
    message.set_seconds(duration.count() / kNanosASecond);
    message.set_nanos(static_cast<int32_t>(duration.count() % kNanosASecond));
    return message;
}

// A time that is not set becomes zero.
inline TimePoint FromProto(const google::protobuf::Timestamp& message) {
    return TimePoint{Duration{message.seconds() * kNanosASecond + message.nanos()}};
}

inline Duration FromProto(const google::protobuf::Duration& message) {
    return Duration{message.seconds() * kNanosASecond + message.nanos()};
}

}  // namespace trunkline::acd
