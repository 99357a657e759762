// Reading the outbox, for the relay and for Replay alike.
#pragma once
#include <pqxx/pqxx>
#include <string>

#include "trunkline/bus/v1/bus.pb.h"

namespace trunkline::bus {

inline constexpr uint32_t kPageEvents = 1000;
// A page ends early here, so that it stays below gRPC's limit of 4 MiB for a message.
inline constexpr int64_t kPageBytes = 2 << 20;

// Up to `limit` events after a position, with the epoch and the highest committed position, all of one snapshot.
// Throws pqxx exceptions.
v1::ReplayResponse ReadOutbox(pqxx::work& transaction, const std::string& source, uint64_t after, uint32_t limit);

}  // namespace trunkline::bus
