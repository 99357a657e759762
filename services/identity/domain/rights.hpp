// What a user may do: roles held in units, spread over the units below, as a list of rights.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "result/result.hpp"

namespace trunkline::identity {

struct Unit {
    std::string id;
    std::string title;
    std::string parent;  // empty: at the top
};

struct Role {
    std::string id;
    std::string title;
    std::vector<std::string> patterns;  // "acd.*", "*.*.read"
    bool shipped = false;
};

// A role held in a unit and everything below it; an empty unit is the whole organisation.
struct Assignment {
    std::string role;
    std::string unit;

    auto operator<=>(const Assignment&) const = default;
};

struct Organisation {
    std::vector<Unit> units;
    std::vector<Role> roles;

    const Unit* FindUnit(const std::string& id) const;
    const Role* FindRole(const std::string& id) const;
    // `unit` and all below it.
    std::set<std::string> Below(const std::string& unit) const;
};

// "*" stands for one segment, at the end for all that follow.
bool Matches(const std::string& pattern, const std::string& right);
std::set<std::string> Expand(const std::vector<std::string>& patterns, const std::set<std::string>& known);

// Rights by name when held everywhere, otherwise "right@unit" for each unit.
std::set<std::string> EffectiveRights(const std::vector<Assignment>& assignments, const Organisation& organisation,
                                      const std::set<std::string>& known);

// Whoever gives a role must hold every right of it where he gives it; kPermissionDenied names the first that he lacks.
Status MayAssign(const std::set<std::string>& held, const Assignment& wanted, const Organisation& organisation,
                 const std::set<std::string>& known);
// The same for what a role is changed to contain, which counts everywhere.
Status MayContain(const std::set<std::string>& held, const std::vector<std::string>& patterns,
                  const std::set<std::string>& known);

// kInvalidArgument when `unit` names itself among those above it, or a parent that does not exist.
Status CheckUnit(const Unit& unit, const Organisation& organisation);
Status CheckRole(const Role& role);

}  // namespace trunkline::identity
