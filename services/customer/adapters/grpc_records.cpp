// The part of the API that moves many records, or removes one for good.
#include "customer/adapters/customer_codec.hpp"
#include "customer/adapters/grpc_answer.hpp"
#include "customer/adapters/postgres_records.hpp"

namespace trunkline::customer {
namespace {

constexpr int kExportPage = 500;

v1::ErasureProof Proof(const ErasureProof& proof, bool verified) {
    v1::ErasureProof proto;
    proto.set_customer_id(proof.customer.str());
    *proto.mutable_time() = ToTimestamp(proof.time);
    proto.set_actor(proof.actor);
    proto.set_ground(proof.ground);
    proto.mutable_removed()->insert(proof.removed.begin(), proof.removed.end());
    proto.set_signature(proof.signature);
    proto.set_verified(verified);
    return proto;
}

std::string Joined(const std::vector<std::string>& items) {
    std::string text;
    for (const std::string& item : items) {
        text += text.empty() ? item : ";" + item;
    }
    return text;
}

// The columns of an import, so that what was exported can be brought in again.
std::string ExportLine(const ExportedCustomer& exported, bool clear, const NumberKeeper& keeper) {
    const Profile& profile = exported.customer.profile;
    std::vector<std::string> numbers;
    for (size_t i = 0; i < exported.sealed.size(); ++i) {
        const auto text = clear ? keeper.Clear(exported.sealed[i]) : Result<std::string>{std::string()};
        numbers.push_back(clear && text.ok() ? *text : exported.customer.numbers[i].masked);
    }
    return CsvLine({profile.name, Joined(numbers), profile.salutation, std::to_string(profile.vip_level),
                    profile.manager.str(), profile.language, Joined(profile.tags),
                    profile.addresses.empty() ? "" : profile.addresses.front().text, profile.note});
}

}  // namespace

grpc::Status GrpcCustomers::StartImport(grpc::ServerContext* context, const v1::StartImportRequest* request,
                                        v1::Import* response) {
    return AnswerWith(
        desks_.tools.clock, observer_, "StartImport",
        [&] {
            return desks_.imports.Start(rpc::CallerOf(*context).Name(), request->request_id(), request->name(),
                                        request->dry_run());
        },
        [&](const ImportState& state) { *response = ToProto(state); });
}

grpc::Status GrpcCustomers::AddImportPart(grpc::ServerContext* context, const v1::AddImportPartRequest* request,
                                          v1::Import* response) {
    return AnswerWith(
        desks_.tools.clock, observer_, "AddImportPart",
        [&] {
            return desks_.imports.Add(rpc::CallerOf(*context).Name(), request->import_id(), request->offset(),
                                      request->data(), request->last());
        },
        [&](const ImportState& state) { *response = ToProto(state); });
}

grpc::Status GrpcCustomers::GetImport(grpc::ServerContext*, const v1::GetImportRequest* request,
                                      v1::GetImportResponse* response) {
    const auto state = desks_.imports.store().Find(request->import_id());
    if (!state.ok()) {
        return rpc::ToGrpc(state.error());
    }
    int64_t after = 0;
    if (!request->page_token().empty()) {
        if (request->page_token().size() > 12 ||
            request->page_token().find_first_not_of("0123456789") != std::string::npos) {
            return rpc::ToGrpc(Error{Code::kInvalidArgument, "BAD_PAGE_TOKEN", "this page token was not given here"});
        }
        after = std::stoll(request->page_token());
    }
    const int limit = PageSize(request->page_size(), 100, 1000);
    const auto faults = desks_.imports.store().Faults(request->import_id(), limit, after);
    if (!faults.ok()) {
        return rpc::ToGrpc(faults.error());
    }
    *response->mutable_import() = ToProto(*state);
    for (const ImportFault& fault : *faults) {
        auto& line = *response->add_faults();
        line.set_line(fault.line);
        line.set_column(fault.column);
        line.set_reason(fault.reason);
        line.set_message(fault.message);
    }
    if (static_cast<int>(faults->size()) == limit) {
        response->set_next_page_token(std::to_string(after + limit));
    }
    return grpc::Status::OK;
}

grpc::Status GrpcCustomers::ExportCustomers(grpc::ServerContext* context, const v1::ExportCustomersRequest* request,
                                            grpc::ServerWriter<v1::ExportPart>* writer) {
    const rpc::Caller caller = rpc::CallerOf(*context);
    if (request->clear_numbers() && !caller.May("customer.numbers.clear")) {
        return rpc::ToGrpc(
            Error{Code::kPermissionDenied, "RIGHT_MISSING", "clear numbers need the right customer.numbers.clear"});
    }
    if (request->clear_numbers() && request->reason().find_first_not_of(" \t\r\n") == std::string::npos) {
        return rpc::ToGrpc(Error{Code::kInvalidArgument, "REASON_MISSING", "clear numbers need a reason; it is kept"});
    }
    const Status audited = AuditExport(desks_.pool, {"", caller.Name(), desks_.tools.clock.Now()},
                                       request->clear_numbers(), request->tag(), request->reason());
    if (!audited.ok()) {
        return rpc::ToGrpc(audited);
    }
    v1::ExportPart part;
    part.set_csv("\xef\xbb\xbfname,number,salutation,vip_level,manager,language,tags,address,note\r\n");
    std::string after;
    do {
        const auto page = ExportPage(desks_.pool, request->tag(), after, kExportPage);
        if (!page.ok()) {
            return rpc::ToGrpc(page.error());
        }
        for (const ExportedCustomer& exported : *page) {
            part.mutable_csv()->append(ExportLine(exported, request->clear_numbers(), desks_.tools.keeper));
        }
        if (!writer->Write(part)) {
            return grpc::Status::CANCELLED;
        }
        part.clear_csv();
        after = static_cast<int>(page->size()) == kExportPage ? page->back().customer.id.str() : "";
    } while (!after.empty());
    return grpc::Status::OK;
}

grpc::Status GrpcCustomers::EraseCustomer(grpc::ServerContext* context, const v1::EraseCustomerRequest* request,
                                          v1::ErasureProof* response) {
    return AnswerWith(
        desks_.tools.clock, observer_, "EraseCustomer",
        [&] {
            return desks_.erasures.Erase(rpc::CallerOf(*context).Name(), request->request_id(),
                                         CustomerId{request->customer_id()}, request->ground());
        },
        [&](const ErasureProof& proof) { *response = Proof(proof, desks_.erasures.Holds(proof)); });
}

grpc::Status GrpcCustomers::GetErasureProof(grpc::ServerContext*, const v1::GetErasureProofRequest* request,
                                            v1::ErasureProof* response) {
    return AnswerWith(
        desks_.tools.clock, observer_, "GetErasureProof",
        [&] { return desks_.erasures.Proof(CustomerId{request->customer_id()}); },
        [&](const ErasureProof& proof) { *response = Proof(proof, desks_.erasures.Holds(proof)); });
}

}  // namespace trunkline::customer
