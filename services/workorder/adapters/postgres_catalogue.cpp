// Loading everything at once keeps it simple: there are hundreds of definitions, not thousands.
#include "workorder/adapters/catalogue.hpp"

#include "workorder/adapters/definition_codec.hpp"
#include "workorder/adapters/postgres_catalogue_sql.hpp"
#include "workorder/adapters/times.hpp"

namespace trunkline::workorder {
namespace {

template <class Message>
Message Parse(const pqxx::field& body) {
    Message message;
    const pqxx::binarystring bytes(body);
    message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
    return message;
}

const std::string& IdOf(const v1::OrderTypeDefinition& type) { return type.type_id(); }
const std::string& IdOf(const v1::FlowDefinition& flow) { return flow.flow_id(); }

void LoadDefinitions(pqxx::work& transaction, Settings::Parts& parts) {
    for (const auto& row : transaction.exec(sql::kPublished)) {
        const auto id = std::pair(row[1].as<std::string>(), row[2].as<int>());
        if (row[0].as<std::string>() == "type") {
            TypeDefinition type = FromProto(Parse<v1::OrderTypeDefinition>(row[3]));
            type.version = id.second;
            parts.types[id] = std::move(type);
        } else {
            Flow flow = FromProto(Parse<v1::FlowDefinition>(row[3]));
            flow.version = id.second;
            parts.flows[id] = std::move(flow);
        }
    }
}

void LoadRest(pqxx::work& transaction, Settings::Parts& parts) {
    for (const auto& row : transaction.exec(sql::kCalendars)) {
        auto calendar = FromProto(Parse<v1::CalendarDefinition>(row[2]));
        if (calendar.ok()) {
            parts.calendars.emplace(row[0].as<std::string>(), std::move(calendar).value());
        }
    }
    std::vector<Unit> units;
    for (const auto& row : transaction.exec(sql::kUnits)) {
        const auto unit = Parse<v1::Unit>(row[0]);
        units.push_back(FromProto(unit));
        if (!unit.calendar_id().empty()) {
            parts.unit_calendars[unit.unit_id()] = unit.calendar_id();
        }
    }
    std::vector<Crew> crews;
    for (const auto& row : transaction.exec(sql::kCrews)) {
        crews.push_back({row[0].as<std::string>(), row[1].as<std::string>(), row[2].as<std::string>(),
                         row[3].as<std::string>(), row[4].as<bool>()});
    }
    parts.units = Organisation(std::move(units), std::move(crews));
    for (const auto& row : transaction.exec(sql::kTemplates)) {
        parts.templates.Put(
            {static_cast<Step>(row[0].as<int>()), static_cast<Medium>(row[1].as<int>()), row[2].as<std::string>()},
            row[3].as<std::string>());
    }
}

Error NoSuch(const std::string& kind, const std::string& id) {
    return {Code::kNotFound, "SETTINGS_MISSING", "there is no such version of " + kind + " " + id};
}

Status CheckId(const std::string& id) {
    if (id.empty() || id.size() > 60 ||
        id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") != std::string::npos) {
        return Error{Code::kInvalidArgument, "BAD_ID",
                     "'" + id + "' is not an id: lower-case letters, digits, '_' and '-', up to 60"};
    }
    return {};
}

}  // namespace

Status Catalogue::Refresh() {
    return [&]() -> Status {
        auto loaded = pool_.Run([&](pqxx::work& transaction) {
            const auto head = transaction.exec1(sql::kHead)[0].as<int64_t>();
            {
                const std::lock_guard lock(mutex_);
                if (head == revision_) {
                    return;
                }
            }
            Settings::Parts parts;
            LoadDefinitions(transaction, parts);
            LoadRest(transaction, parts);
            auto settings = std::make_shared<const Settings>(std::move(parts));
            const std::lock_guard lock(mutex_);
            if (head > revision_) {
                settings_ = std::move(settings);
                revision_ = head;
            }
        });
        return loaded;
    }();
}

std::shared_ptr<const Settings> Catalogue::Now() const {
    const std::lock_guard lock(mutex_);
    return settings_;
}

template <class Definition>
Result<Definition> Catalogue::Find(const std::string& kind, const std::string& id, int version, bool draft) {
    return pool_.Run([&](pqxx::work& transaction) {
        const auto rows = transaction.exec_params(sql::kFindDefinition, kind, id, version, draft);
        if (rows.empty()) {
            throw db::Rollback{NoSuch(kind, id)};
        }
        return Parse<Definition>(rows[0][0]);
    });
}

template <class Definition>
Result<std::vector<Definition>> Catalogue::All(const std::string& kind, bool drafts) {
    return pool_.Run([&](pqxx::work& transaction) {
        std::vector<Definition> all;
        for (const auto& row : transaction.exec_params(drafts ? sql::kUnpublished : sql::kCurrent, kind)) {
            all.push_back(Parse<Definition>(row[0]));
        }
        return all;
    });
}

template <class Definition>
Result<Definition> Catalogue::Save(Definition definition, Version version) {
    if (Status sound = CheckId(version.id); !sound.ok()) {
        return sound.error();
    }
    auto saved = pool_.Run([&](pqxx::work& transaction) {
        // The head's lock makes writers of settings wait for each other.
        transaction.exec(sql::kRaiseHead);
        if (version.version < 0) {
            version.version = transaction.exec_params1(sql::kNextVersion, version.kind, version.id)[0].as<int>();
        }
        auto& info = *definition.mutable_version();
        info.set_version(static_cast<uint32_t>(version.version));
        info.set_current(version.version > 0);
        info.set_author(version.author);
        info.set_note(version.note);
        *info.mutable_time() = ToTimestamp(clock_.Now());
        const std::string body = definition.SerializeAsString();
        transaction.exec_params(sql::kPutDefinition, version.kind, version.id, version.version, version.author,
                                ToUnixMillis(clock_.Now()), version.note, pqxx::binarystring(body));
        return definition;
    });
    if (saved.ok()) {
        if (Status loaded = Refresh(); !loaded.ok()) {
            return loaded.error();
        }
    }
    return saved;
}

template <class Definition>
Result<Definition> Catalogue::Publish(const v1::PublishRequest& request, const std::string& kind) {
    auto draft = Find<Definition>(kind, request.id(), 0, true);
    if (!draft.ok()) {
        return draft;
    }
    if (const auto faults = Check(*draft); !faults.empty()) {
        return Error{Code::kFailedPrecondition, "FAULTS",
                     faults[0].place + ": " + faults[0].message + " (" + faults[0].reason + "); " +
                         std::to_string(faults.size()) + " in all"};
    }
    return Save(std::move(draft).value(), {kind, request.id(), -1, request.actor(), request.note()});
}

Result<v1::OrderTypeDefinition> Catalogue::FindType(const std::string& id, int version, bool draft) {
    return Find<v1::OrderTypeDefinition>("type", id, version, draft);
}
Result<v1::FlowDefinition> Catalogue::FindFlow(const std::string& id, int version, bool draft) {
    return Find<v1::FlowDefinition>("flow", id, version, draft);
}
Result<std::vector<v1::OrderTypeDefinition>> Catalogue::Types(bool drafts) {
    return All<v1::OrderTypeDefinition>("type", drafts);
}
Result<std::vector<v1::FlowDefinition>> Catalogue::Flows(bool drafts) {
    return All<v1::FlowDefinition>("flow", drafts);
}

Result<std::vector<v1::VersionInfo>> Catalogue::Versions(const std::string& kind, const std::string& id) {
    return pool_.Run([&](pqxx::work& transaction) {
        std::vector<v1::VersionInfo> versions;
        for (const auto& row : transaction.exec_params(sql::kVersions, kind, id)) {
            v1::VersionInfo info;
            info.set_version(row[0].as<uint32_t>());
            info.set_author(row[1].as<std::string>());
            *info.mutable_time() = ToTimestamp(FromUnixMillis(row[2].as<int64_t>()));
            info.set_note(row[3].as<std::string>());
            info.set_current(versions.empty() && info.version() > 0);
            versions.push_back(info);
        }
        return versions;
    });
}

Result<v1::OrderTypeDefinition> Catalogue::SaveType(v1::OrderTypeDefinition type, const std::string& actor) {
    const std::string id = IdOf(type);
    return Save(std::move(type), {"type", id, 0, actor, ""});
}
Result<v1::FlowDefinition> Catalogue::SaveFlow(v1::FlowDefinition flow, const std::string& actor) {
    const std::string id = IdOf(flow);
    return Save(std::move(flow), {"flow", id, 0, actor, ""});
}
Result<v1::OrderTypeDefinition> Catalogue::PublishType(const v1::PublishRequest& request) {
    return Publish<v1::OrderTypeDefinition>(request, "type");
}
Result<v1::FlowDefinition> Catalogue::PublishFlow(const v1::PublishRequest& request) {
    return Publish<v1::FlowDefinition>(request, "flow");
}

std::vector<Fault> Catalogue::Check(const v1::OrderTypeDefinition& proto) const {
    const TypeDefinition type = FromProto(proto);
    auto faults = CheckType(type);
    const auto settings = Now();
    const Flow* flow = settings->FlowOf(type.flow_id);
    if (flow == nullptr) {
        faults.push_back({"flow_id", "UNKNOWN_FLOW", "flow " + type.flow_id + " is not published"});
    } else {
        for (Fault& fault : CheckFlow(*flow, &type.fields)) {
            fault.place = "flow." + fault.place;
            faults.push_back(std::move(fault));
        }
    }
    if (settings->Calendar(type.calendar_id) == nullptr) {
        faults.push_back({"calendar_id", "UNKNOWN_CALENDAR", "there is no calendar " + type.calendar_id});
    }
    if (!type.default_branch.empty() && settings->units().Find(type.default_branch) == nullptr) {
        faults.push_back({"default_branch", "UNKNOWN_UNIT", "there is no unit " + type.default_branch});
    }
    return faults;
}

std::vector<Fault> Catalogue::Check(const v1::FlowDefinition& flow) const { return CheckFlow(FromProto(flow)); }

}  // namespace trunkline::workorder
