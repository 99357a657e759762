// Between the domain's records and their protos; and the events that tell what happened.
#pragma once
#include "bus/outbox.hpp"
#include "customer/app/ports.hpp"
#include "trunkline/customer/v1/resources.pb.h"

namespace trunkline::customer {

google::protobuf::Timestamp ToTimestamp(TimePoint time);
TimePoint FromTimestamp(const google::protobuf::Timestamp& time);

v1::PhoneNumber ToProto(const ShownNumber& number);
v1::Customer ToProto(const Customer& customer);
Profile ProfileOf(const v1::Customer& proto);
v1::Account ToProto(const Account& account);
v1::StatementLine ToProto(const StatementLine& line);
v1::Import ToProto(const ImportState& import);

// Any message as JSON of the database, and back; what does not parse leaves the message as it is.
std::string ToJson(const google::protobuf::Message& message);
void FromJson(const std::string& json, google::protobuf::Message& message);

bus::Event Created(const Customer& customer, const Stamp& stamp);
bus::Event Changed(const Customer& customer, const std::vector<std::string>& fields, const Stamp& stamp);
bus::Event Posted(const Account& account, const Line& line, const Stamp& stamp);

}  // namespace trunkline::customer
