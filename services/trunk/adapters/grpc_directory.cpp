// The directory over gRPC.
#include "sip/digest.hpp"
#include "trunk/adapters/codec.hpp"
#include "trunk/adapters/grpc_services.hpp"
#include "versions/versions.hpp"

namespace trunkline::trunk {
namespace {

// Saves, then shows the change to the SIP thread.
template <class Save, class Show>
grpc::Status Apply(Gateway& gateway, Save save, Show show) {
    const Status saved = save();
    if (!saved.ok()) {
        return rpc::ToGrpc(saved);
    }
    return rpc::ToGrpc(gateway.sip().Ask(std::move(show)));
}

}  // namespace

Result<std::string> GrpcDirectory::SecretOf(const v1::Phone& phone) {
    if (!phone.password().empty()) {
        return sip::DigestSecret(sip::DigestAlgorithm::kMd5, phone.name(), realm_, phone.password());
    }
    return gateway_.sip().Ask([this, name = phone.name()] {
        const Phone* known = gateway_.directory().FindPhone(name);
        return known == nullptr ? std::string() : known->secret;
    });
}

grpc::Status GrpcDirectory::PutPhone(grpc::ServerContext*, const v1::PutPhoneRequest* request, v1::Phone* response) {
    const auto secret = SecretOf(request->phone());
    if (!secret.ok()) {
        return rpc::ToGrpc(secret.error());
    }
    const Phone phone = FromProto(request->phone(), *secret);
    const Status checked = Check(phone);
    if (!checked.ok()) {
        return rpc::ToGrpc(checked);
    }
    if (!phone.static_contact.empty() && !sip::ParseUri(phone.static_contact).ok()) {
        return {grpc::StatusCode::INVALID_ARGUMENT, "phone.static_contact is not a SIP URI", "INVALID"};
    }
    *response = ToProto(phone);
    return Apply(
        gateway_, [&] { return store_.Save(phone); }, [this, phone] { gateway_.PutPhone(phone); });
}

grpc::Status GrpcDirectory::DeletePhone(grpc::ServerContext*, const v1::DeleteRequest* request,
                                        google::protobuf::Empty*) {
    return Apply(
        gateway_, [&] { return store_.DeletePhone(request->name()); },
        [this, name = request->name()] { gateway_.DeletePhone(name); });
}

grpc::Status GrpcDirectory::ListPhones(grpc::ServerContext*, const google::protobuf::Empty*,
                                       v1::ListPhonesResponse* response) {
    const auto listed = gateway_.sip().Ask([this] {
        v1::ListPhonesResponse list;
        const SteadyTime now = gateway_.timers().Now();
        for (const auto& [name, phone] : gateway_.directory().phones()) {
            v1::Phone& entry = *list.add_phones();
            entry = ToProto(phone);
            for (const sip::Binding& binding : gateway_.phones().Bindings(name, now)) {
                v1::Registration& registration = *entry.add_registrations();
                registration.set_contact(binding.contact.uri.ToString());
                *registration.mutable_expire_time() = ToProto(gateway_.clock().Now() + (binding.expires_at - now));
            }
        }
        return list;
    });
    if (listed.ok()) {
        *response = *listed;
    }
    return listed.ok() ? grpc::Status::OK : rpc::ToGrpc(listed.error());
}

Result<CarrierTrunk> GrpcDirectory::WithPassword(CarrierTrunk trunk) {
    if (!trunk.password.empty() || trunk.username.empty()) {
        return trunk;
    }
    auto password = gateway_.sip().Ask([this, name = trunk.name] {
        const CarrierTrunk* known = gateway_.directory().FindTrunk(name);
        return known == nullptr ? std::string() : known->password;
    });
    if (!password.ok()) {
        return password.error();
    }
    trunk.password = *password;
    return trunk;
}

grpc::Status GrpcDirectory::PutTrunk(grpc::ServerContext* context, const v1::PutTrunkRequest* request,
                                     v1::CarrierTrunk* response) {
    const versions::Author author(context);
    const auto trunk = WithPassword(FromProto(request->trunk()));
    const Status checked = trunk.ok() ? Check(*trunk) : Status(trunk.error());
    if (!checked.ok()) {
        return rpc::ToGrpc(checked);
    }
    *response = ToProto(*trunk);
    return Apply(
        gateway_, [&] { return store_.Save(*trunk); },
        [this, value = *trunk] {
            gateway_.directory().Put(value);
            gateway_.carriers().Refresh(value.name);
        });
}

grpc::Status GrpcDirectory::DeleteTrunk(grpc::ServerContext* context, const v1::DeleteRequest* request,
                                        google::protobuf::Empty*) {
    const versions::Author author(context);
    return Apply(
        gateway_, [&] { return store_.DeleteTrunk(request->name()); },
        [this, name = request->name()] {
            (void)gateway_.directory().DeleteTrunk(name);
            gateway_.carriers().Refresh(name);
        });
}

grpc::Status GrpcDirectory::ListTrunks(grpc::ServerContext*, const google::protobuf::Empty*,
                                       v1::ListTrunksResponse* response) {
    const auto listed = gateway_.sip().Ask([this] {
        v1::ListTrunksResponse list;
        for (const auto& [name, trunk] : gateway_.directory().trunks()) {
            v1::CarrierTrunk& entry = *list.add_trunks();
            entry = ToProto(trunk);
            entry.set_status(gateway_.carriers().StatusOf(name));
        }
        return list;
    });
    if (listed.ok()) {
        *response = *listed;
    }
    return listed.ok() ? grpc::Status::OK : rpc::ToGrpc(listed.error());
}

grpc::Status GrpcDirectory::PutTrunkGroup(grpc::ServerContext* context, const v1::PutTrunkGroupRequest* request,
                                          v1::TrunkGroup* response) {
    const versions::Author author(context);
    const TrunkGroup group = FromProto(request->group());
    const Status checked = Check(group);
    if (!checked.ok()) {
        return rpc::ToGrpc(checked);
    }
    const auto missing = gateway_.sip().Ask([this, group] {
        for (const TrunkGroup::Member& member : group.members) {
            if (gateway_.directory().FindTrunk(member.trunk) == nullptr) {
                return member.trunk;
            }
        }
        return std::string();
    });
    if (!missing.ok()) {
        return rpc::ToGrpc(missing.error());
    }
    if (!missing->empty()) {
        return {grpc::StatusCode::INVALID_ARGUMENT, "group.members names trunk " + *missing + ", which does not exist",
                "INVALID"};
    }
    *response = ToProto(group);
    return Apply(
        gateway_, [&] { return store_.Save(group); }, [this, group] { gateway_.directory().Put(group); });
}

grpc::Status GrpcDirectory::DeleteTrunkGroup(grpc::ServerContext* context, const v1::DeleteRequest* request,
                                             google::protobuf::Empty*) {
    const versions::Author author(context);
    return Apply(
        gateway_, [&] { return store_.DeleteGroup(request->name()); },
        [this, name = request->name()] { (void)gateway_.directory().DeleteGroup(name); });
}

grpc::Status GrpcDirectory::ListTrunkGroups(grpc::ServerContext*, const google::protobuf::Empty*,
                                            v1::ListTrunkGroupsResponse* response) {
    const auto listed = gateway_.sip().Ask([this] {
        v1::ListTrunkGroupsResponse list;
        for (const auto& [name, group] : gateway_.directory().groups()) {
            *list.add_groups() = ToProto(group);
        }
        return list;
    });
    if (listed.ok()) {
        *response = *listed;
    }
    return listed.ok() ? grpc::Status::OK : rpc::ToGrpc(listed.error());
}

grpc::Status GrpcDirectory::PutNumber(grpc::ServerContext* context, const v1::PutNumberRequest* request,
                                      v1::Number* response) {
    const versions::Author author(context);
    const Number number = FromProto(request->number());
    const Status checked = Check(number);
    if (!checked.ok()) {
        return rpc::ToGrpc(checked);
    }
    *response = ToProto(number);
    return Apply(
        gateway_, [&] { return store_.Save(number); }, [this, number] { gateway_.directory().Put(number); });
}

grpc::Status GrpcDirectory::DeleteNumber(grpc::ServerContext* context, const v1::DeleteRequest* request,
                                         google::protobuf::Empty*) {
    const versions::Author author(context);
    return Apply(
        gateway_, [&] { return store_.DeleteNumber(request->name()); },
        [this, name = request->name()] { (void)gateway_.directory().DeleteNumber(name); });
}

grpc::Status GrpcDirectory::ListNumbers(grpc::ServerContext*, const google::protobuf::Empty*,
                                        v1::ListNumbersResponse* response) {
    const auto listed = gateway_.sip().Ask([this] {
        v1::ListNumbersResponse list;
        for (const auto& [text, number] : gateway_.directory().numbers()) {
            *list.add_numbers() = ToProto(number);
        }
        return list;
    });
    if (listed.ok()) {
        *response = *listed;
    }
    return listed.ok() ? grpc::Status::OK : rpc::ToGrpc(listed.error());
}

}  // namespace trunkline::trunk
