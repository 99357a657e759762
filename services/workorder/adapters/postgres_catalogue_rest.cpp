// Calendars, units, texts, and what an operator begins with.
#include <google/protobuf/util/json_util.h>

#include "workorder/adapters/catalogue.hpp"
#include "workorder/adapters/definition_codec.hpp"
#include "workorder/adapters/postgres_catalogue_sql.hpp"
#include "workorder/defaults.hpp"

namespace trunkline::workorder {
namespace {

template <class Message>
Message Parse(const pqxx::field& body) {
    Message message;
    const pqxx::binarystring bytes(body);
    message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
    return message;
}

template <class Message>
pqxx::binarystring Bytes(const Message& message) {
    return pqxx::binarystring(message.SerializeAsString());
}

constexpr size_t kOverrideLimit = 500;

v1::CalendarDefinition Shown(v1::CalendarDefinition calendar) {
    calendar.clear_known_years();
    const auto made = FromProto(calendar);
    for (int year = 2020; made.ok() && year < 2060; ++year) {
        if (made->KnowsYear(year)) {
            calendar.add_known_years(static_cast<uint32_t>(year));
        }
    }
    return calendar;
}

// Values that every text can use, to try a template with.
Values Example() {
    Values values;
    for (const char* name :
         {"number", "check_code", "title", "type", "state", "branch", "due", "text", "customer", "description"}) {
        values[name] = "x";
    }
    return values;
}

Status CheckTemplate(const v1::NoticeTemplate& text) {
    if (text.step() == v1::STEP_UNSPECIFIED || text.medium() == v1::MEDIUM_UNSPECIFIED || text.text().size() > 5000) {
        return Error{Code::kInvalidArgument, "BAD_TEMPLATE", "a text needs a step, a medium and up to 5000 bytes"};
    }
    const auto rendered = Render(text.text(), Example());
    return rendered.ok() ? Status{} : Status{rendered.error()};
}

}  // namespace

Result<std::vector<v1::CalendarDefinition>> Catalogue::Calendars() {
    return pool_.Run([&](pqxx::work& transaction) {
        std::vector<v1::CalendarDefinition> calendars;
        for (const auto& row : transaction.exec(sql::kCalendars)) {
            calendars.push_back(Shown(Parse<v1::CalendarDefinition>(row[2])));
        }
        return calendars;
    });
}

Result<v1::CalendarDefinition> Catalogue::PutCalendar(v1::CalendarDefinition calendar) {
    const std::string id = calendar.calendar_id();
    const uint64_t seen = calendar.revision();
    if (id.empty()) {
        return Error{Code::kInvalidArgument, "BAD_ID", "calendar_id must not be empty"};
    }
    if (const auto sound = FromProto(calendar); !sound.ok()) {
        return sound.error();
    }
    auto stored = pool_.Run([&](pqxx::work& transaction) {
        transaction.exec(sql::kRaiseHead);
        const auto rows = transaction.exec_params(sql::kLockCalendar, id);
        const uint64_t present = rows.empty() ? 0 : rows[0][0].as<uint64_t>();
        if (present != seen) {
            throw db::Rollback{{Code::kAborted, "CALENDAR_CHANGED",
                                "calendar " + id + " was changed in the meantime; read it again and repeat"}};
        }
        calendar.set_revision(present + 1);
        transaction.exec_params(sql::kPutCalendar, id, static_cast<int64_t>(present + 1), Bytes(calendar));
        return calendar;
    });
    if (stored.ok()) {
        if (Status loaded = Refresh(); !loaded.ok()) {
            return loaded.error();
        }
        return Shown(std::move(stored).value());
    }
    return stored;
}

Result<v1::CalendarDefinition> Catalogue::ChangeCalendar(const std::string& calendar_id,
                                                         const std::function<void(v1::CalendarDefinition&)>& change) {
    auto calendars = Calendars();
    if (!calendars.ok()) {
        return calendars.error();
    }
    for (v1::CalendarDefinition& calendar : *calendars) {
        if (calendar.calendar_id() == calendar_id) {
            change(calendar);
            if (calendar.overrides_size() > static_cast<int>(kOverrideLimit)) {
                calendar.mutable_overrides()->DeleteSubrange(0, 1);
            }
            return PutCalendar(calendar);
        }
    }
    return Error{Code::kNotFound, "CALENDAR_NOT_FOUND", "there is no calendar " + calendar_id};
}

Result<std::vector<v1::Unit>> Catalogue::Units() {
    return pool_.Run([&](pqxx::work& transaction) {
        std::vector<v1::Unit> units;
        for (const auto& row : transaction.exec(sql::kUnits)) {
            units.push_back(Parse<v1::Unit>(row[0]));
        }
        return units;
    });
}

Status Catalogue::CheckUnitTree(const v1::Unit& unit) const {
    const auto settings = Now();
    if (unit.unit_id().empty() || unit.unit_id().size() > 60 || unit.name().empty()) {
        return Error{Code::kInvalidArgument, "BAD_ID", "a unit needs a unit_id of up to 60 bytes and a name"};
    }
    if (!unit.parent_id().empty() && settings->units().Find(unit.parent_id()) == nullptr) {
        return Error{Code::kInvalidArgument, "UNKNOWN_UNIT", "there is no unit " + unit.parent_id()};
    }
    if (!unit.parent_id().empty() && settings->units().Find(unit.unit_id()) != nullptr &&
        settings->units().IsWithin(unit.parent_id(), unit.unit_id())) {
        return Error{Code::kInvalidArgument, "UNIT_CIRCLE", "a unit cannot stand below itself"};
    }
    if (!unit.calendar_id().empty() && settings->Calendar(unit.calendar_id()) == nullptr) {
        return Error{Code::kInvalidArgument, "UNKNOWN_CALENDAR", "there is no calendar " + unit.calendar_id()};
    }
    return {};
}

Result<v1::Unit> Catalogue::PutUnit(const v1::Unit& unit) {
    if (Status sound = CheckUnitTree(unit); !sound.ok()) {
        return sound.error();
    }
    auto stored = pool_.Run([&](pqxx::work& transaction) {
        transaction.exec(sql::kRaiseHead);
        transaction.exec_params(sql::kPutUnit, unit.unit_id(), Bytes(unit));
        return unit;
    });
    const Status loaded = stored.ok() ? Refresh() : Status{};
    return loaded.ok() ? stored : Result<v1::Unit>(loaded.error());
}

Result<std::vector<v1::NoticeTemplate>> Catalogue::Templates() {
    return pool_.Run([&](pqxx::work& transaction) {
        std::vector<v1::NoticeTemplate> texts;
        for (const auto& row : transaction.exec(sql::kTemplates)) {
            v1::NoticeTemplate text;
            text.set_step(static_cast<v1::Step>(row[0].as<int>()));
            text.set_medium(static_cast<v1::Medium>(row[1].as<int>()));
            text.set_type_id(row[2].as<std::string>());
            text.set_text(row[3].as<std::string>());
            texts.push_back(text);
        }
        return texts;
    });
}

Result<v1::NoticeTemplate> Catalogue::PutTemplate(const v1::NoticeTemplate& text) {
    if (Status sound = CheckTemplate(text); !sound.ok()) {
        return sound.error();
    }
    auto stored = pool_.Run([&](pqxx::work& transaction) {
        transaction.exec(sql::kRaiseHead);
        if (text.text().empty()) {
            transaction.exec_params(sql::kRemoveTemplate, static_cast<int>(text.step()),
                                    static_cast<int>(text.medium()), text.type_id());
        } else {
            transaction.exec_params(sql::kPutTemplate, static_cast<int>(text.step()), static_cast<int>(text.medium()),
                                    text.type_id(), text.text());
        }
        return text;
    });
    const Status loaded = stored.ok() ? Refresh() : Status{};
    return loaded.ok() ? stored : Result<v1::NoticeTemplate>(loaded.error());
}

Result<int> Catalogue::Install(const std::string& operator_name, const std::string& actor) {
    int added = 0;
    // What all have in common comes first: its flows are those of the types.
    for (const std::string& name : {std::string("common"), operator_name}) {
        const auto found = kDefaults.find(name);
        v1::DefaultSet set;
        if (found == kDefaults.end() || !google::protobuf::util::JsonStringToMessage(found->second, &set).ok()) {
            return Error{Code::kInvalidArgument, "UNKNOWN_OPERATOR",
                         "there are defaults for bus, coach, gas, tourism and railway, not for '" + name + "'"};
        }
        auto done = InstallSet(set, actor);
        if (!done.ok()) {
            return done;
        }
        added += *done;
    }
    return added;
}

Result<int> Catalogue::InstallRest(const v1::DefaultSet& set) {
    return pool_.Run([&](pqxx::work& transaction) {
        transaction.exec(sql::kRaiseHead);
        int added = 0;
        for (const auto& calendar : set.calendars()) {
            if (transaction.exec_params(sql::kLockCalendar, calendar.calendar_id()).empty()) {
                auto first = calendar;
                first.set_revision(1);
                transaction.exec_params(sql::kPutCalendar, calendar.calendar_id(), 1, Bytes(first));
                ++added;
            }
        }
        for (const auto& unit : set.units()) {
            added +=
                static_cast<int>(transaction.exec_params(sql::kAddUnit, unit.unit_id(), Bytes(unit)).affected_rows());
        }
        for (const auto& text : set.templates()) {
            added += static_cast<int>(transaction
                                          .exec_params(sql::kAddTemplate, static_cast<int>(text.step()),
                                                       static_cast<int>(text.medium()), text.type_id(), text.text())
                                          .affected_rows());
        }
        return added;
    });
}

Result<int> Catalogue::InstallSet(const v1::DefaultSet& set, const std::string& actor) {
    const auto rest = InstallRest(set);
    if (Status loaded = Refresh(); !rest.ok() || !loaded.ok()) {
        return rest.ok() ? loaded.error() : rest.error();
    }
    int added = *rest;
    const auto publish = [&](const char* kind, const std::string& id, const auto& save,
                             const auto& publish_it) -> Status {
        const auto versions = Versions(kind, id);
        if (!versions.ok() || !versions->empty()) {
            return versions.ok() ? Status{} : Status{versions.error()};
        }
        v1::PublishRequest request;
        request.set_actor(actor);
        request.set_id(id);
        request.set_note("default");
        const auto saved = save();
        const auto published = publish_it(request);
        ++added;
        return !saved.ok() ? Status{saved.error()} : published.ok() ? Status{} : Status{published.error()};
    };
    for (const auto& flow : set.flows()) {
        if (Status done = publish(
                "flow", flow.flow_id(), [&] { return SaveFlow(flow, actor); },
                [&](const auto& request) { return PublishFlow(request); });
            !done.ok()) {
            return done.error();
        }
    }
    for (const auto& type : set.types()) {
        if (Status done = publish(
                "type", type.type_id(), [&] { return SaveType(type, actor); },
                [&](const auto& request) { return PublishType(request); });
            !done.ok()) {
            return done.error();
        }
    }
    return added;
}

}  // namespace trunkline::workorder
