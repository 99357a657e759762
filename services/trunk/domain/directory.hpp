// Phones, carrier trunks, their groups and numbers as the SIP thread sees them: in memory, so that calls need no
// database.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "result/result.hpp"
#include "trunk/domain/call.hpp"
#include "trunk/domain/outbound.hpp"

namespace trunkline::trunk {

struct Phone {
    std::string name;
    std::string secret;          // H(name:realm:password), hexadecimal; empty: the phone cannot register
    std::string static_contact;  // a SIP URI; empty: the phone registers
};

struct CarrierTrunk {
    std::string name;
    std::string host;
    uint16_t port = 0;  // 0: the transport's own
    std::string transport = "udp";
    std::string username;
    std::string password;
    std::string realm;  // that its challenges must name; empty: the host
    bool registers = false;
    bool challenge_inbound = false;
    bool symmetric_media = false;
    std::vector<std::string> source_addresses;  // numeric
    LineSettings line;
};

struct Number {
    std::string number;
    std::string application;
    AttachedData data;
};

// One thread.
class Directory {
 public:
    void Put(Phone phone);
    void Put(CarrierTrunk trunk);
    void Put(Number number);
    void Put(TrunkGroup group);
    // NOT_FOUND when there is none.
    Status DeletePhone(const std::string& name);
    Status DeleteTrunk(const std::string& name);
    Status DeleteNumber(const std::string& number);
    Status DeleteGroup(const std::string& name);

    const Phone* FindPhone(const std::string& name) const;
    const CarrierTrunk* FindTrunk(const std::string& name) const;
    const Number* FindNumber(const std::string& number) const;
    const TrunkGroup* FindGroup(const std::string& name) const;
    // The trunk that requests from this numeric address belong to. Trunks that share an address are told apart by port;
    // nullptr: a stranger.
    const CarrierTrunk* TrunkOf(std::string_view address, uint16_t port) const;
    // What the name of a trunk's host means at present; replaces the earlier answer.
    void SetResolved(const std::string& trunk, std::vector<std::string> addresses);

    const std::map<std::string, Phone>& phones() const { return phones_; }
    const std::map<std::string, CarrierTrunk>& trunks() const { return trunks_; }
    const std::map<std::string, Number>& numbers() const { return numbers_; }
    const std::map<std::string, TrunkGroup>& groups() const { return groups_; }

 private:
    bool Owns(const CarrierTrunk& trunk, std::string_view address) const;

    std::map<std::string, Phone> phones_;
    std::map<std::string, CarrierTrunk> trunks_;
    std::map<std::string, Number> numbers_;
    std::map<std::string, TrunkGroup> groups_;
    std::map<std::string, std::vector<std::string>> resolved_;
};

// INVALID_ARGUMENT/INVALID naming the field.
Status Check(const Phone& phone);
Status Check(const CarrierTrunk& trunk);
Status Check(const Number& number);

}  // namespace trunkline::trunk
