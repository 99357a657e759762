// Categories, and what agents write down.
#include "acd/adapters/grpc_dispositions.hpp"

#include "acd/adapters/times.hpp"
#include "rpc/rpc.hpp"
#include "versions/versions.hpp"

namespace trunkline::acd {
namespace {

constexpr size_t kLongestNotes = 16'000;  // bytes: 4000 Chinese letters and some
constexpr size_t kLongestId = 64;

Error DatabaseAway() {
    return {Code::kUnavailable, "DATABASE_AWAY", "it is not stored yet, because the database is away; try again"};
}

}  // namespace

grpc::Status GrpcDispositions::ListCategories(grpc::ServerContext*, const google::protobuf::Empty*,
                                              v1::ListCategoriesResponse* response) {
    const auto categories = store_.LoadCategories();
    if (!categories.ok()) {
        return rpc::ToGrpc(categories.error());
    }
    for (const auto& [id, category] : *categories) {
        *response->add_categories() = ToProto(category);
    }
    std::stable_sort(response->mutable_categories()->begin(), response->mutable_categories()->end(),
                     [](const v1::Category& a, const v1::Category& b) { return a.order() < b.order(); });
    return grpc::Status::OK;
}

grpc::Status GrpcDispositions::PutCategory(grpc::ServerContext* context, const v1::PutCategoryRequest* request,
                                           v1::Category* response) {
    const versions::Author author(context);
    const Status saved = store_.SaveCategory(FromProto(request->category()));
    *response = request->category();
    return rpc::ToGrpc(saved);
}

grpc::Status GrpcDispositions::DeleteCategory(grpc::ServerContext* context, const v1::DeleteCategoryRequest* request,
                                              google::protobuf::Empty*) {
    const versions::Author author(context);
    return rpc::ToGrpc(store_.DeleteCategory(request->category_id()));
}

grpc::Status GrpcDispositions::SaveNotes(grpc::ServerContext*, const v1::SaveNotesRequest* request,
                                         v1::ContactNotes* response) {
    const auto notes = Examine(*request);
    if (!notes.ok()) {
        return rpc::ToGrpc(notes.error());
    }
    *response = *notes;
    return rpc::ToGrpc(store_.SaveNotes(*notes));
}

grpc::Status GrpcDispositions::DisposeContact(grpc::ServerContext*, const v1::SaveNotesRequest* request,
                                              v1::ContactNotes* response) {
    auto notes = Examine(*request);
    if (!notes.ok()) {
        return rpc::ToGrpc(notes.error());
    }
    notes->set_disposed(true);
    v1::ContactDisposed told;
    told.set_contact_id(notes->contact_id());
    told.set_agent_id(notes->agent_id());
    told.set_category_id(notes->category_id());
    told.set_category_path(notes->category_path());
    told.set_has_notes(!notes->text().empty());
    const TimePoint now = clock_.Now();
    const std::string identity =
        notes->contact_id() + " " + notes->agent_id() + " " + std::to_string(now.time_since_epoch().count());
    const bool taken = writer_.Post({[stored = *notes](pqxx::work& transaction) { StoreNotes(transaction, stored); },
                                     {bus::MakeEvent(told, notes->contact_id(), identity, now)}});
    if (!taken || !writer_.Flush(std::chrono::seconds(2))) {
        return rpc::ToGrpc(DatabaseAway());
    }
    *response = *notes;
    return grpc::Status::OK;
}

grpc::Status GrpcDispositions::ListNotes(grpc::ServerContext*, const v1::ListNotesRequest* request,
                                         v1::ListNotesResponse* response) {
    const auto notes = store_.ListNotes(*request);
    if (!notes.ok()) {
        return rpc::ToGrpc(notes.error());
    }
    response->mutable_notes()->Assign(notes->begin(), notes->end());
    return grpc::Status::OK;
}

Result<v1::ContactNotes> GrpcDispositions::Examine(const v1::SaveNotesRequest& request) {
    if (request.contact_id().empty() || request.contact_id().size() > kLongestId) {
        return Error{Code::kInvalidArgument, "INVALID_NOTES", "contact_id must have 1 to 64 letters"};
    }
    if (request.text().size() > kLongestNotes) {
        return Error{Code::kInvalidArgument, "INVALID_NOTES", "text may have 4000 letters"};
    }
    if (const Status may = MayWrite(request.agent_id(), request.contact_id()); !may.ok()) {
        return may.error();
    }
    v1::ContactNotes notes;
    if (!request.category_id().empty()) {
        const auto categories = store_.LoadCategories();
        if (!categories.ok()) {
            return categories.error();
        }
        notes.set_category_path(PathOf(*categories, request.category_id()));
        if (notes.category_path().empty()) {
            return Error{Code::kInvalidArgument, "NO_SUCH_CATEGORY",
                         "category_id: there is no category " + request.category_id().substr(0, kLongestId)};
        }
    }
    notes.set_contact_id(request.contact_id());
    notes.set_agent_id(request.agent_id());
    notes.set_text(request.text());
    notes.set_category_id(request.category_id());
    *notes.mutable_save_time() = ToProto(clock_.Now());
    return notes;
}

Status GrpcDispositions::MayWrite(const std::string& agent, const std::string& contact) {
    const auto has_it = desk_.Ask([&](Switchboard& desk) {
        const auto found = desk.router().agents().find(AgentId(agent));
        return found != desk.router().agents().end() && found->second.status.contact.str() == contact;
    });
    if (!has_it.ok() || *has_it) {
        return has_it.ok() ? Status{} : Status(has_it.error());
    }
    const auto wrote = store_.HasNotes(contact, agent);
    if (!wrote.ok() || *wrote) {
        return wrote.ok() ? Status{} : Status(wrote.error());
    }
    return Error{Code::kFailedPrecondition, "NOT_YOUR_CONTACT",
                 "the contact " + contact.substr(0, kLongestId) + " is not with agent " + agent.substr(0, kLongestId)};
}

}  // namespace trunkline::acd
