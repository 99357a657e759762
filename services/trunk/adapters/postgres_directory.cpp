// Statements of the directory.
#include "trunk/adapters/postgres_directory.hpp"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include "trunk/adapters/codec.hpp"
#include "versions/versions.hpp"

namespace trunkline::trunk {
namespace {

constexpr auto kSelectPhones = "SELECT name, secret, static_contact FROM phone";
constexpr auto kSelectTrunks =
    "SELECT name, host, port, transport, username, password, realm, registers, challenge_inbound, symmetric_media, "
    "source_addresses, line FROM carrier_trunk";
constexpr auto kSelectGroups = "SELECT settings FROM trunk_group";
constexpr auto kUpsertGroup =
    "INSERT INTO trunk_group (name, settings) VALUES ($1, $2::jsonb) "
    "ON CONFLICT (name) DO UPDATE SET settings = EXCLUDED.settings";
constexpr auto kDeleteGroup = "DELETE FROM trunk_group WHERE name = $1";
constexpr auto kSelectNumbers = "SELECT number, application, data FROM number";
constexpr auto kUpsertPhone =
    "INSERT INTO phone (name, secret, static_contact) VALUES ($1, $2, $3) "
    "ON CONFLICT (name) DO UPDATE SET secret = EXCLUDED.secret, static_contact = EXCLUDED.static_contact";
constexpr auto kUpsertTrunk =
    "INSERT INTO carrier_trunk (name, host, port, transport, username, password, realm, registers, challenge_inbound, "
    "symmetric_media, source_addresses, line) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12::jsonb) "
    "ON CONFLICT (name) DO UPDATE SET host = EXCLUDED.host, port = EXCLUDED.port, transport = EXCLUDED.transport, "
    "username = EXCLUDED.username, password = EXCLUDED.password, realm = EXCLUDED.realm, "
    "registers = EXCLUDED.registers, challenge_inbound = EXCLUDED.challenge_inbound, "
    "symmetric_media = EXCLUDED.symmetric_media, source_addresses = EXCLUDED.source_addresses, "
    "line = EXCLUDED.line";
constexpr auto kUpsertNumber =
    "INSERT INTO number (number, application, data) VALUES ($1, $2, $3::jsonb) "
    "ON CONFLICT (number) DO UPDATE SET application = EXCLUDED.application, data = EXCLUDED.data";
constexpr auto kDeletePhone = "DELETE FROM phone WHERE name = $1";
constexpr auto kDeleteTrunk = "DELETE FROM carrier_trunk WHERE name = $1";
constexpr auto kDeleteNumber = "DELETE FROM number WHERE number = $1";

template <class Message>
std::string ToJson(const Message& message) {
    std::string text;
    (void)google::protobuf::util::MessageToJsonString(message, &text);
    return text;
}

template <class Message>
Message FromJson(const std::string& text) {
    Message message;
    (void)google::protobuf::util::JsonStringToMessage(text, &message);
    return message;
}

std::string AddressesToJson(const std::vector<std::string>& addresses) {
    google::protobuf::ListValue list;
    for (const std::string& address : addresses) {
        list.add_values()->set_string_value(address);
    }
    return ToJson(list);
}

std::string DataToJson(const AttachedData& data) {
    google::protobuf::Struct object;
    for (const auto& [key, value] : data) {
        (*object.mutable_fields())[key].set_string_value(value);
    }
    return ToJson(object);
}

Phone PhoneOf(const pqxx::row& row) {
    return {row["name"].as<std::string>(), row["secret"].as<std::string>(), row["static_contact"].as<std::string>()};
}

CarrierTrunk TrunkOf(const pqxx::row& row) {
    CarrierTrunk trunk;
    trunk.name = row["name"].as<std::string>();
    trunk.host = row["host"].as<std::string>();
    trunk.port = static_cast<uint16_t>(row["port"].as<int>());
    trunk.transport = row["transport"].as<std::string>();
    trunk.username = row["username"].as<std::string>();
    trunk.password = row["password"].as<std::string>();
    trunk.realm = row["realm"].as<std::string>();
    trunk.registers = row["registers"].as<bool>();
    trunk.challenge_inbound = row["challenge_inbound"].as<bool>();
    trunk.symmetric_media = row["symmetric_media"].as<bool>();
    const auto addresses = FromJson<google::protobuf::ListValue>(row["source_addresses"].as<std::string>());
    for (const auto& address : addresses.values()) {
        trunk.source_addresses.push_back(address.string_value());
    }
    trunk.line = FromProto(FromJson<proto::LineSettings>(row["line"].as<std::string>()));
    return trunk;
}

Number NumberOf(const pqxx::row& row) {
    Number number{row["number"].as<std::string>(), row["application"].as<std::string>(), {}};
    const auto data = FromJson<google::protobuf::Struct>(row["data"].as<std::string>());
    for (const auto& [key, value] : data.fields()) {
        number.data[key] = value.string_value();
    }
    return number;
}

}  // namespace

Result<Directory> PostgresDirectory::Load() {
    return pool_.Run([](pqxx::work& work) {
        Directory directory;
        for (const auto& row : work.exec(kSelectPhones)) {
            directory.Put(PhoneOf(row));
        }
        for (const auto& row : work.exec(kSelectTrunks)) {
            directory.Put(TrunkOf(row));
        }
        for (const auto& row : work.exec(kSelectGroups)) {
            directory.Put(FromProto(FromJson<proto::TrunkGroup>(row["settings"].as<std::string>())));
        }
        for (const auto& row : work.exec(kSelectNumbers)) {
            directory.Put(NumberOf(row));
        }
        return directory;
    });
}

Status PostgresDirectory::Save(const Phone& phone) {
    return pool_.Run(
        [&](pqxx::work& work) { work.exec_params0(kUpsertPhone, phone.name, phone.secret, phone.static_contact); });
}

Status PostgresDirectory::Save(const CarrierTrunk& trunk) {
    return pool_.Run([&](pqxx::work& work) {
        work.exec_params0(kUpsertTrunk, trunk.name, trunk.host, static_cast<int>(trunk.port), trunk.transport,
                          trunk.username, trunk.password, trunk.realm, trunk.registers, trunk.challenge_inbound,
                          trunk.symmetric_media, AddressesToJson(trunk.source_addresses), ToJson(ToProto(trunk.line)));
        versions::Keep(work, "trunk", trunk.name, ToProto(trunk));
    });
}

Status PostgresDirectory::Save(const Number& number) {
    return pool_.Run([&](pqxx::work& work) {
        work.exec_params0(kUpsertNumber, number.number, number.application, DataToJson(number.data));
        versions::Keep(work, "number", number.number, ToProto(number));
    });
}

Status PostgresDirectory::Save(const TrunkGroup& group) {
    return pool_.Run([&](pqxx::work& work) {
        work.exec_params0(kUpsertGroup, group.name, ToJson(ToProto(group)));
        versions::Keep(work, "group", group.name, ToProto(group));
    });
}

Status PostgresDirectory::Delete(const char* statement, const std::string& name, const char* resource) {
    return pool_.Run([&](pqxx::work& work) {
        if (work.exec_params(statement, name).affected_rows() == 0) {
            throw db::Rollback{{Code::kNotFound, "NOT_FOUND", "there is no " + name}};
        }
        if (resource != nullptr) {
            versions::KeepRemoval(work, resource, name);
        }
    });
}

Status PostgresDirectory::DeletePhone(const std::string& name) { return Delete(kDeletePhone, name); }
Status PostgresDirectory::DeleteTrunk(const std::string& name) { return Delete(kDeleteTrunk, name, "trunk"); }
Status PostgresDirectory::DeleteGroup(const std::string& name) { return Delete(kDeleteGroup, name, "group"); }
Status PostgresDirectory::DeleteNumber(const std::string& number) { return Delete(kDeleteNumber, number, "number"); }

}  // namespace trunkline::trunk
