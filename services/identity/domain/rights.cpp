// Patterns, spreading over units, and who may give what.
#include "identity/domain/rights.hpp"

#include <algorithm>

#include "identity/domain/words.hpp"

namespace trunkline::identity {
namespace {

std::vector<std::string> Segments(const std::string& text) {
    std::vector<std::string> segments{""};
    for (const char letter : text) {
        if (letter == '.') {
            segments.emplace_back();
        } else {
            segments.back() += letter;
        }
    }
    return segments;
}

Error Lacks(const std::string& right, const std::string& where) {
    return {Code::kPermissionDenied, "RIGHT_NOT_HELD",
            "nobody can give a right that he does not hold himself: " + right + where};
}

}  // namespace

const Unit* Organisation::FindUnit(const std::string& id) const {
    const auto found = std::find_if(units.begin(), units.end(), [&](const Unit& unit) { return unit.id == id; });
    return found == units.end() ? nullptr : &*found;
}

const Role* Organisation::FindRole(const std::string& id) const {
    const auto found = std::find_if(roles.begin(), roles.end(), [&](const Role& role) { return role.id == id; });
    return found == roles.end() ? nullptr : &*found;
}

std::set<std::string> Organisation::Below(const std::string& unit) const {
    std::set<std::string> found{unit};
    std::vector<std::string> waiting{unit};
    while (!waiting.empty()) {
        const std::string parent = std::move(waiting.back());
        waiting.pop_back();
        for (const Unit& child : units) {
            if (child.parent == parent && found.insert(child.id).second) {
                waiting.push_back(child.id);
            }
        }
    }
    return found;
}

bool Matches(const std::string& pattern, const std::string& right) {
    const auto wanted = Segments(pattern);
    const auto given = Segments(right);
    for (size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i] == "*" && i + 1 == wanted.size()) {
            return given.size() > i;
        }
        if (i >= given.size() || (wanted[i] != "*" && wanted[i] != given[i])) {
            return false;
        }
    }
    return wanted.size() == given.size();
}

std::set<std::string> Expand(const std::vector<std::string>& patterns, const std::set<std::string>& known) {
    std::set<std::string> rights;
    for (const std::string& right : known) {
        if (std::any_of(patterns.begin(), patterns.end(),
                        [&](const auto& pattern) { return Matches(pattern, right); })) {
            rights.insert(right);
        }
    }
    return rights;
}

std::set<std::string> EffectiveRights(const std::vector<Assignment>& assignments, const Organisation& organisation,
                                      const std::set<std::string>& known) {
    std::set<std::string> everywhere;
    std::set<std::string> somewhere;
    for (const Assignment& assignment : assignments) {
        const Role* role = organisation.FindRole(assignment.role);
        if (role == nullptr) {
            continue;
        }
        const auto rights = Expand(role->patterns, known);
        if (assignment.unit.empty()) {
            everywhere.insert(rights.begin(), rights.end());
            continue;
        }
        for (const std::string& unit : organisation.Below(assignment.unit)) {
            for (const std::string& right : rights) {
                somewhere.insert(right + "@" + unit);
            }
        }
    }
    for (const std::string& scoped : somewhere) {
        if (!everywhere.contains(scoped.substr(0, scoped.find('@')))) {
            everywhere.insert(scoped);
        }
    }
    return everywhere;
}

Status MayAssign(const std::set<std::string>& held, const Assignment& wanted, const Organisation& organisation,
                 const std::set<std::string>& known) {
    const Role* role = organisation.FindRole(wanted.role);
    if (role == nullptr) {
        return Error{Code::kInvalidArgument, "ROLE_NOT_FOUND", "there is no role " + wanted.role};
    }
    if (!wanted.unit.empty() && organisation.FindUnit(wanted.unit) == nullptr) {
        return Error{Code::kInvalidArgument, "UNIT_NOT_FOUND", "there is no unit " + wanted.unit};
    }
    for (const std::string& right : Expand(role->patterns, known)) {
        const bool there = !wanted.unit.empty() && held.contains(right + "@" + wanted.unit);
        if (!held.contains(right) && !there) {
            return Lacks(right, wanted.unit.empty() ? " everywhere" : " in " + wanted.unit);
        }
    }
    return {};
}

Status MayContain(const std::set<std::string>& held, const std::vector<std::string>& patterns,
                  const std::set<std::string>& known) {
    for (const std::string& right : Expand(patterns, known)) {
        if (!held.contains(right)) {
            return Lacks(right, " everywhere");
        }
    }
    return {};
}

Status CheckUnit(const Unit& unit, const Organisation& organisation) {
    if (Status sound = CheckWord("unit.unit_id", unit.id); !sound.ok()) {
        return sound;
    }
    if (Status sound = CheckText("unit.title", unit.title); !sound.ok()) {
        return sound;
    }
    if (unit.parent.empty()) {
        return {};
    }
    if (organisation.FindUnit(unit.parent) == nullptr) {
        return Error{Code::kInvalidArgument, "UNIT_NOT_FOUND", "unit.parent_id: there is no unit " + unit.parent};
    }
    if (organisation.Below(unit.id).contains(unit.parent)) {
        return Error{Code::kInvalidArgument, "UNIT_CIRCLE",
                     "unit.parent_id: " + unit.parent + " stands below " + unit.id + " already"};
    }
    return {};
}

Status CheckRole(const Role& role) {
    if (Status sound = CheckWord("role.role_id", role.id); !sound.ok()) {
        return sound;
    }
    if (Status sound = CheckText("role.title", role.title); !sound.ok()) {
        return sound;
    }
    if (role.patterns.size() > 200) {
        return Error{Code::kInvalidArgument, "BAD_FIELD", "role.rights: at most 200 entries"};
    }
    for (const std::string& pattern : role.patterns) {
        const bool sound =
            !pattern.empty() && pattern.size() <= 100 && std::all_of(pattern.begin(), pattern.end(), [](char c) {
                return (c >= 'a' && c <= 'z') || c == '_' || c == '.' || c == '*';
            });
        if (!sound) {
            return Error{Code::kInvalidArgument, "BAD_FIELD",
                         "role.rights: '" + pattern.substr(0, 100) + "' is neither a right nor a pattern of rights"};
        }
    }
    return {};
}

}  // namespace trunkline::identity
