// Mapping; enumerators have the same numbers on both sides.
#include "customer/adapters/customer_codec.hpp"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/time_util.h>

#include "trunkline/customer/v1/events.pb.h"

namespace trunkline::customer {

google::protobuf::Timestamp ToTimestamp(TimePoint time) {
    return google::protobuf::util::TimeUtil::MillisecondsToTimestamp(ToUnixMillis(time));
}

TimePoint FromTimestamp(const google::protobuf::Timestamp& time) {
    return FromUnixMillis(google::protobuf::util::TimeUtil::TimestampToMilliseconds(time));
}

v1::PhoneNumber ToProto(const ShownNumber& number) {
    v1::PhoneNumber proto;
    proto.set_number_id(number.number_id);
    proto.set_masked(number.masked);
    proto.set_kind(static_cast<v1::NumberKind>(number.kind));
    proto.set_label(number.label);
    proto.set_region(number.region);
    proto.set_mobile(number.mobile);
    proto.set_primary(number.primary);
    return proto;
}

v1::Customer ToProto(const Customer& customer) {
    v1::Customer proto;
    const Profile& profile = customer.profile;
    proto.set_customer_id(customer.id.str());
    proto.set_name(profile.name);
    proto.set_salutation(profile.salutation);
    proto.set_kind(static_cast<v1::CustomerKind>(profile.kind));
    proto.set_vip_level(static_cast<uint32_t>(profile.vip_level));
    proto.set_manager_agent_id(profile.manager.str());
    proto.set_language(profile.language);
    proto.set_note(profile.note);
    proto.set_do_not_contact(profile.do_not_contact);
    *proto.mutable_tags() = {profile.tags.begin(), profile.tags.end()};
    proto.mutable_preferences()->insert(profile.preferences.begin(), profile.preferences.end());
    for (const Address& address : profile.addresses) {
        auto& one = *proto.add_addresses();
        one.set_label(address.label);
        one.set_text(address.text);
        one.set_postal_code(address.postal_code);
        one.set_reference(address.reference);
    }
    for (const Consent& consent : profile.consents) {
        auto& one = *proto.add_consents();
        one.set_purpose(consent.purpose);
        one.set_granted(consent.granted);
        *one.mutable_time() = ToTimestamp(consent.time);
        one.set_proof(consent.proof);
    }
    for (const ShownNumber& number : customer.numbers) {
        *proto.add_numbers() = ToProto(number);
    }
    *proto.mutable_create_time() = ToTimestamp(customer.created);
    *proto.mutable_update_time() = ToTimestamp(customer.updated);
    proto.set_revision(customer.revision);
    proto.set_merged_into(customer.merged_into.str());
    for (const CustomerId& id : customer.merged_ids) {
        proto.add_merged_ids(id.str());
    }
    return proto;
}

Profile ProfileOf(const v1::Customer& proto) {
    Profile profile;
    profile.name = proto.name();
    profile.salutation = proto.salutation();
    profile.kind = proto.kind() == v1::ORGANISATION ? CustomerKind::kOrganisation : CustomerKind::kPerson;
    profile.vip_level = static_cast<int>(std::min<uint32_t>(proto.vip_level(), 1000));
    profile.manager = AgentId{proto.manager_agent_id()};
    profile.language = proto.language();
    profile.tags = {proto.tags().begin(), proto.tags().end()};
    profile.preferences = {proto.preferences().begin(), proto.preferences().end()};
    for (const v1::Address& address : proto.addresses()) {
        profile.addresses.push_back({address.label(), address.text(), address.postal_code(), address.reference()});
    }
    for (const v1::Consent& consent : proto.consents()) {
        profile.consents.push_back(
            {consent.purpose(), consent.granted(), FromTimestamp(consent.time()), consent.proof()});
    }
    profile.note = proto.note();
    profile.do_not_contact = proto.do_not_contact();
    return profile;
}

v1::Account ToProto(const Account& account) {
    v1::Account proto;
    proto.set_account_id(account.id);
    proto.set_customer_id(account.customer.str());
    proto.set_card_number(account.card_number);
    proto.set_unit(static_cast<v1::Unit>(account.unit));
    proto.set_balance(account.purse.balance);
    proto.set_state(account.closed ? v1::CLOSED : v1::OPEN);
    *proto.mutable_open_time() = ToTimestamp(account.opened);
    std::optional<TimePoint> next;
    for (const Lot& lot : account.purse.lots) {
        next = lot.expires && (!next || *lot.expires < *next) ? lot.expires : next;
    }
    if (next) {
        *proto.mutable_expire_time() = ToTimestamp(*next);
        for (const Lot& lot : account.purse.lots) {
            proto.set_expiring(proto.expiring() + (lot.expires == next ? lot.remaining : 0));
        }
    }
    return proto;
}

v1::StatementLine ToProto(const StatementLine& line) {
    v1::StatementLine proto;
    proto.set_number(static_cast<uint64_t>(line.line.number));
    *proto.mutable_time() = ToTimestamp(line.time);
    proto.set_kind(static_cast<v1::PostingKind>(line.line.kind));
    proto.set_amount(line.line.amount);
    proto.set_balance(line.line.balance);
    proto.set_reason(line.reason);
    proto.set_reference(line.reference);
    proto.set_actor(line.actor);
    return proto;
}

v1::Import ToProto(const ImportState& import) {
    v1::Import proto;
    proto.set_import_id(import.id);
    proto.set_name(import.name);
    proto.set_offset(import.taken);
    proto.set_lines(import.lines > 0 ? import.lines - 1 : 0);
    proto.set_created(import.created);
    proto.set_updated(import.updated);
    proto.set_refused(import.refused);
    proto.set_finished(import.finished);
    proto.set_dry_run(import.dry_run);
    return proto;
}

std::string ToJson(const google::protobuf::Message& message) {
    google::protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    std::string json;
    const auto done = google::protobuf::util::MessageToJsonString(message, &json, options);
    return done.ok() ? json : "{}";
}

void FromJson(const std::string& json, google::protobuf::Message& message) {
    google::protobuf::util::JsonParseOptions options;
    options.ignore_unknown_fields = true;
    (void)google::protobuf::util::JsonStringToMessage(json, &message, options).ok();
}

bus::Event Created(const Customer& customer, const Stamp& stamp) {
    v1::CustomerCreated event;
    event.set_customer_id(customer.id.str());
    event.set_vip_level(static_cast<uint32_t>(customer.profile.vip_level));
    event.set_manager_agent_id(customer.profile.manager.str());
    event.set_actor(stamp.actor);
    return bus::MakeEvent(event, customer.id.str(), customer.id.str(), stamp.now);
}

bus::Event Changed(const Customer& customer, const std::vector<std::string>& fields, const Stamp& stamp) {
    v1::CustomerChanged event;
    event.set_customer_id(customer.id.str());
    event.set_revision(customer.revision);
    event.set_vip_level(static_cast<uint32_t>(customer.profile.vip_level));
    event.set_manager_agent_id(customer.profile.manager.str());
    *event.mutable_fields() = {fields.begin(), fields.end()};
    event.set_actor(stamp.actor);
    return bus::MakeEvent(event, customer.id.str(), customer.id.str() + "/" + std::to_string(customer.revision),
                          stamp.now);
}

bus::Event Posted(const Account& account, const Line& line, const Stamp& stamp) {
    v1::AccountPosted event;
    event.set_account_id(account.id);
    event.set_customer_id(account.customer.str());
    event.set_line(static_cast<uint64_t>(line.number));
    event.set_kind(static_cast<v1::PostingKind>(line.kind));
    event.set_amount(line.amount);
    event.set_balance(line.balance);
    event.set_actor(stamp.actor);
    return bus::MakeEvent(event, account.customer.str(), account.id + "/" + std::to_string(line.number), stamp.now);
}

}  // namespace trunkline::customer
