// Between the domain's values and the messages of trunk.v1.
#pragma once
#include "trunk/app/call_controller.hpp"
#include "trunk/domain/command.hpp"
#include "trunk/domain/directory.hpp"
#include "trunkline/trunk/v1/trunk.pb.h"

namespace trunkline::trunk {

namespace proto = trunkline::trunk::v1;

google::protobuf::Timestamp ToProto(TimePoint time);
google::protobuf::Duration ToProtoDuration(Duration length);
Duration FromProto(const google::protobuf::Duration& length);
TimePoint FromProto(const google::protobuf::Timestamp& time);

proto::Call ToProto(const Call& call);
proto::EndCause ToProto(const EndCause& cause);
proto::Leg::Role ToProto(Role role);
proto::Direction ToProto(CallDirection direction);

// INVALID_ARGUMENT/INVALID when the command has no action or a field makes no sense.
Result<Command> FromProto(const proto::Command& command);

Phone FromProto(const proto::Phone& phone, const std::string& secret);
CarrierTrunk FromProto(const proto::CarrierTrunk& trunk);
Number FromProto(const proto::Number& number);
LineSettings FromProto(const proto::LineSettings& line);
TrunkGroup FromProto(const proto::TrunkGroup& group);
// Passwords stay here.
proto::Phone ToProto(const Phone& phone);
proto::CarrierTrunk ToProto(const CarrierTrunk& trunk);
proto::Number ToProto(const Number& number);
proto::LineSettings ToProto(const LineSettings& line);
proto::TrunkGroup ToProto(const TrunkGroup& group);

}  // namespace trunkline::trunk
