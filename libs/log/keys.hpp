// The keys of log fields, so that one thing has one name in every service.
#pragma once
#include <string_view>

namespace trunkline::log {

inline constexpr std::string_view kCallId = "call_id";
inline constexpr std::string_view kLegId = "leg_id";
inline constexpr std::string_view kSipCallId = "sip_call_id";
inline constexpr std::string_view kContactId = "contact_id";
inline constexpr std::string_view kQueueId = "queue_id";
inline constexpr std::string_view kAgentId = "agent_id";
inline constexpr std::string_view kOrderId = "order_id";
inline constexpr std::string_view kRecordingId = "recording_id";
inline constexpr std::string_view kEvent = "event";
inline constexpr std::string_view kReason = "reason";
inline constexpr std::string_view kResult = "result";
inline constexpr std::string_view kError = "error";
inline constexpr std::string_view kCount = "count";
inline constexpr std::string_view kAddress = "address";
inline constexpr std::string_view kPeer = "peer";
inline constexpr std::string_view kNumber = "number";
inline constexpr std::string_view kName = "name";
inline constexpr std::string_view kSource = "source";
inline constexpr std::string_view kMillis = "dur_ms";
inline constexpr std::string_view kMethod = "method";
inline constexpr std::string_view kUserId = "user_id";
inline constexpr std::string_view kTraceId = "trace_id";

}  // namespace trunkline::log
