// Between the domain's articles and their protos; JSON of the database; events.
#pragma once
#include "bus/outbox.hpp"
#include "knowledge/app/ports.hpp"
#include "trunkline/knowledge/v1/resources.pb.h"

namespace trunkline::knowledge {

google::protobuf::Timestamp ToTimestamp(TimePoint time);
TimePoint FromTimestamp(const google::protobuf::Timestamp& time);

v1::Article ToProto(const Article& article);
// The fields that people write.
v1::Article ContentProto(const Content& content);
Content ContentOf(const v1::Article& proto);

std::string ToJson(const google::protobuf::Message& message);
void FromJson(const std::string& json, google::protobuf::Message& message);

bus::Event StateChanged(const Article& after, const Article& before, const Stamp& stamp);

}  // namespace trunkline::knowledge
