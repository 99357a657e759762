// Facts as events of the bus.
#pragma once
#include "acd/domain/facts.hpp"
#include "bus/outbox.hpp"

namespace trunkline::acd {

// The event id is derived from what the fact is about, so telling it again is harmless.
bus::Event ToEvent(const Fact& fact);

// An event as text for attached data, and back. INVALID_ARGUMENT with reason BAD_FACT when it is not one.
std::string PackEvent(const bus::Event& event);
Result<bus::Event> UnpackEvent(const std::string& packed);

}  // namespace trunkline::acd
