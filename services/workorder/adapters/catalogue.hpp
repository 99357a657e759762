// Types, flows, calendars, units and texts: kept in PostgreSQL, served from memory.
#pragma once
#include <mutex>

#include "clock/clock.hpp"
#include "db/pool.hpp"
#include "trunkline/workorder/v1/settings.pb.h"
#include "trunkline/workorder/v1/stored.pb.h"
#include "workorder/app/ports.hpp"

namespace trunkline::workorder {

// Safe from any thread. Writes load everything anew; other instances see them at their next Refresh.
class Catalogue final : public SettingsSource {
 public:
    Catalogue(db::Pool& pool, const Clock& clock) : pool_(pool), clock_(clock) {}

    // Loads what is new since the last time. Until it has succeeded once, there are no types.
    Status Refresh();
    std::shared_ptr<const Settings> Now() const override;

    // "type" or "flow".
    Result<v1::OrderTypeDefinition> FindType(const std::string& id, int version, bool draft);
    Result<v1::FlowDefinition> FindFlow(const std::string& id, int version, bool draft);
    Result<std::vector<v1::OrderTypeDefinition>> Types(bool drafts);
    Result<std::vector<v1::FlowDefinition>> Flows(bool drafts);
    Result<std::vector<v1::VersionInfo>> Versions(const std::string& kind, const std::string& id);
    Result<v1::OrderTypeDefinition> SaveType(v1::OrderTypeDefinition type, const std::string& actor);
    Result<v1::FlowDefinition> SaveFlow(v1::FlowDefinition flow, const std::string& actor);
    // FAULTS when it is not sound.
    Result<v1::OrderTypeDefinition> PublishType(const v1::PublishRequest& request);
    Result<v1::FlowDefinition> PublishFlow(const v1::PublishRequest& request);
    std::vector<Fault> Check(const v1::OrderTypeDefinition& type) const;
    std::vector<Fault> Check(const v1::FlowDefinition& flow) const;

    Result<std::vector<v1::CalendarDefinition>> Calendars();
    // ABORTED when its revision is not the present one.
    Result<v1::CalendarDefinition> PutCalendar(v1::CalendarDefinition calendar);
    // Changes one under its lock.
    Result<v1::CalendarDefinition> ChangeCalendar(const std::string& calendar_id,
                                                  const std::function<void(v1::CalendarDefinition&)>& change);
    Result<std::vector<v1::Unit>> Units();
    Result<v1::Unit> PutUnit(const v1::Unit& unit);
    // Numbers in clear.
    Result<std::vector<v1::Crew>> Crews();
    Result<v1::Crew> PutCrew(v1::Crew crew);
    Result<std::vector<v1::NoticeTemplate>> Templates();
    Result<v1::NoticeTemplate> PutTemplate(const v1::NoticeTemplate& text);

    // What an operator begins with; nothing present is changed. The number of things added.
    Result<int> Install(const std::string& operator_name, const std::string& actor);

 private:
    struct Version {
        std::string kind;
        std::string id;
        int version = 0;
        std::string author;
        std::string note;
    };
    template <class Definition>
    Result<Definition> Find(const std::string& kind, const std::string& id, int version, bool draft);
    template <class Definition>
    Result<std::vector<Definition>> All(const std::string& kind, bool drafts);
    // Writes a draft (version 0) or, with publish, the next version of the draft.
    template <class Definition>
    Result<Definition> Save(Definition definition, Version version);
    template <class Definition>
    Result<Definition> Publish(const v1::PublishRequest& request, const std::string& kind);
    // Calendars, units and texts of a set.
    Result<int> InstallRest(const v1::DefaultSet& set);
    Result<int> InstallSet(const v1::DefaultSet& set, const std::string& actor);
    Status CheckUnitTree(const v1::Unit& unit) const;

    db::Pool& pool_;
    const Clock& clock_;
    mutable std::mutex mutex_;
    std::shared_ptr<const Settings> settings_ = std::make_shared<Settings>(Settings::Parts{});
    int64_t revision_ = 0;
};

}  // namespace trunkline::workorder
