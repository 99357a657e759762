// Look-ups and checks of the directory.
#include "trunk/domain/directory.hpp"

#include <catch2/catch.hpp>

using namespace trunkline::trunk;

namespace {

CarrierTrunk TrunkAt(const std::string& name, const std::string& host, uint16_t port = 0) {
    CarrierTrunk trunk;
    trunk.name = name;
    trunk.host = host;
    trunk.port = port;
    return trunk;
}

}  // namespace

TEST_CASE("directory: a request belongs to the trunk of its source address", "[trunk][directory]") {
    Directory directory;
    auto trunk = TrunkAt("east", "192.0.2.1");
    trunk.source_addresses = {"192.0.2.7"};
    directory.Put(trunk);
    CHECK(directory.TrunkOf("192.0.2.1", 5060)->name == "east");
    CHECK(directory.TrunkOf("192.0.2.7", 40000)->name == "east");
    CHECK(directory.TrunkOf("192.0.2.8", 5060) == nullptr);
}

TEST_CASE("directory: trunks that share an address are told apart by port", "[trunk][directory]") {
    Directory directory;
    directory.Put(TrunkAt("a", "192.0.2.1", 5060));
    directory.Put(TrunkAt("b", "192.0.2.1", 5070));
    CHECK(directory.TrunkOf("192.0.2.1", 5070)->name == "b");
    CHECK(directory.TrunkOf("192.0.2.1", 5060)->name == "a");
    CHECK(directory.TrunkOf("192.0.2.1", 40000)->name == "a");
}

TEST_CASE("directory: a host name counts by what it resolves to at present", "[trunk][directory]") {
    Directory directory;
    directory.Put(TrunkAt("east", "carrier.example"));
    CHECK(directory.TrunkOf("192.0.2.1", 5060) == nullptr);
    directory.SetResolved("east", {"192.0.2.1"});
    CHECK(directory.TrunkOf("192.0.2.1", 5060)->name == "east");
    directory.SetResolved("east", {"192.0.2.2"});
    CHECK(directory.TrunkOf("192.0.2.1", 5060) == nullptr);
}

TEST_CASE("directory: deleting what is not there is NOT_FOUND", "[trunk][directory]") {
    Directory directory;
    directory.Put(Number{"96166", "ivr", {}});
    CHECK(directory.DeleteNumber("96166").ok());
    CHECK(directory.DeleteNumber("96166").error().reason == "NOT_FOUND");
    CHECK(directory.DeletePhone("1001").error().reason == "NOT_FOUND");
    CHECK(directory.DeleteTrunk("east").error().reason == "NOT_FOUND");
}

TEST_CASE("directory: entries that cannot work are refused", "[trunk][directory]") {
    CHECK(Check(Phone{"1001", "", ""}).ok());
    CHECK_FALSE(Check(Phone{"", "", ""}).ok());
    CHECK_FALSE(Check(Phone{"10 01", "", ""}).ok());
    CHECK(Check(TrunkAt("east", "192.0.2.1")).ok());
    CHECK_FALSE(Check(TrunkAt("east", "")).ok());
    auto trunk = TrunkAt("east", "192.0.2.1");
    trunk.transport = "sctp";
    CHECK_FALSE(Check(trunk).ok());
    trunk.transport = "tls";
    trunk.registers = true;
    CHECK_FALSE(Check(trunk).ok());
    trunk.username = "user";
    trunk.password = "secret";
    CHECK(Check(trunk).ok());
    CHECK_FALSE(Check(Number{"96166", "", {}}).ok());
}
