// What calls tell, as messages of the link and of the bus.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "trunk/domain/event.hpp"
#include "trunkline/trunk/v1/trunk.pb.h"

namespace trunkline::trunk {

// For the application of the call; nothing when the event is not for the link.
std::optional<v1::AttachResponse> ToLink(const Call& call, const Event& event);

// A message for the bus and what tells it from others of its type.
struct BusFact {
    std::unique_ptr<google::protobuf::Message> message;
    std::string identity;
};
// Nothing when the event is not for the bus.
std::optional<BusFact> ToBus(const Call& call, const Event& event, TimePoint now);

}  // namespace trunkline::trunk
