// Who may call what: the rule that a method's options give, and the decision for a signed-in user.
#pragma once
#include <map>
#include <set>
#include <string>

#include "result/result.hpp"

namespace trunkline::web {

// A signed-in user as the gateway knows him.
struct SignedIn {
    std::string session;
    std::string user;
    std::string name;
    std::string agent;  // empty: none
    std::string unit;
    std::string pending;  // what he must do before anything else; empty: nothing
    std::set<std::string> rights;
    std::map<std::string, std::set<std::string>> units_of;  // of rights held in some units only

    // Held everywhere.
    bool HoldsEverywhere(const std::string& right) const { return rights.contains(right) && !units_of.contains(right); }
};

// From the method's options.
struct Rule {
    std::string right;  // a right, or one of the words below
    std::string own_field;
    std::string own_right;

    bool Reachable() const { return !right.empty() && right != "internal"; }
    bool Public() const { return right == "public"; }
    bool Self() const { return right == "self"; }
};

enum class Reach {
    kAll,  // as he likes
    kOwn,  // only for himself: the own field must be his
};

// kPermissionDenied names the right that is missing, or what is pending.
Result<Reach> Decide(const Rule& rule, const SignedIn& caller);
// What the own field must hold, given what the request holds. kPermissionDenied when it is somebody else.
Result<std::string> OwnValue(const std::string& given, const SignedIn& caller);

// What an event is about, as far as it decides who sees it.
struct Subject {
    std::string service;           // "acd"
    std::set<std::string> agents;  // that it names
    std::set<std::string> units;   // that it names
};
// Whoever holds "<service>.events.read" (in the unit concerned, when it is held in units), and the agent it is about.
bool MaySee(const SignedIn& caller, const Subject& subject);

// `topic` is a type in full, or what stands before a "*".
bool TopicMatches(const std::string& topic, const std::string& type);

}  // namespace trunkline::web
