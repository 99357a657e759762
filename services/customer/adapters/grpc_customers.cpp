// Requests in, records out. Whoever asks, numbers are masked.
#include "customer/adapters/grpc_customers.hpp"

#include "customer/adapters/customer_codec.hpp"
#include "customer/adapters/grpc_answer.hpp"

namespace trunkline::customer {
namespace {

std::string Actor(const grpc::ServerContext& context) { return rpc::CallerOf(context).Name(); }

}  // namespace

template <class Work, class Write>
grpc::Status GrpcCustomers::Answer(std::string_view method, const Work& work, const Write& write) {
    return AnswerWith(desks_.tools.clock, observer_, method, work, write);
}

template <class Work>
grpc::Status GrpcCustomers::AnswerCustomer(std::string_view method, v1::Customer* response, const Work& work) {
    return Answer(method, work, [&](const Customer& customer) { *response = ToProto(customer); });
}

grpc::Status GrpcCustomers::GetScreenPop(grpc::ServerContext*, const v1::GetScreenPopRequest* request,
                                         v1::ScreenPop* response) {
    return Answer(
        "GetScreenPop",
        [&] { return desks_.history.ScreenPop(request->number(), request->contact_id(), desks_.tools.clock.Now()); },
        [&](v1::ScreenPop& pop) { response->Swap(&pop); });
}

grpc::Status GrpcCustomers::LookUpForRouting(grpc::ServerContext*, const v1::LookUpForRoutingRequest* request,
                                             v1::RoutingFacts* response) {
    return Answer(
        "LookUpForRouting", [&] { return desks_.history.Routing(request->number()); },
        [&](v1::RoutingFacts& facts) { response->Swap(&facts); });
}

grpc::Status GrpcCustomers::ConfirmCaller(grpc::ServerContext* context, const v1::ConfirmCallerRequest* request,
                                          v1::Customer* response) {
    return AnswerCustomer("ConfirmCaller", response, [&]() -> Result<Customer> {
        if (request->contact_id().empty() || request->contact_id().size() > 100) {
            return Error{Code::kInvalidArgument, "CONTACT_MISSING", "contact_id must be given (up to 100 bytes)"};
        }
        return desks_.history.Confirm({"", Actor(*context), desks_.tools.clock.Now()}, *request, desks_.tools.ids);
    });
}

grpc::Status GrpcCustomers::CreateCustomer(grpc::ServerContext* context, const v1::CreateCustomerRequest* request,
                                           v1::Customer* response) {
    return AnswerCustomer("CreateCustomer", response, [&] {
        std::vector<WrittenNumber> numbers;
        for (const v1::NewNumber& number : request->numbers()) {
            numbers.push_back({number.number(), number.label()});
        }
        return desks_.customers.Create(Actor(*context), request->request_id(), ProfileOf(request->customer()), numbers);
    });
}

grpc::Status GrpcCustomers::UpdateCustomer(grpc::ServerContext* context, const v1::UpdateCustomerRequest* request,
                                           v1::Customer* response) {
    return AnswerCustomer("UpdateCustomer", response, [&] {
        Customer wanted;
        wanted.id = CustomerId{request->customer().customer_id()};
        wanted.profile = ProfileOf(request->customer());
        wanted.revision = request->customer().revision();
        return desks_.customers.Update(Actor(*context), request->request_id(), wanted);
    });
}

grpc::Status GrpcCustomers::GetCustomer(grpc::ServerContext*, const v1::GetCustomerRequest* request,
                                        v1::Customer* response) {
    return AnswerCustomer("GetCustomer", response,
                          [&] { return desks_.customers.Find(CustomerId{request->customer_id()}); });
}

grpc::Status GrpcCustomers::SearchCustomers(grpc::ServerContext*, const v1::SearchCustomersRequest* request,
                                            v1::SearchCustomersResponse* response) {
    return Answer(
        "SearchCustomers",
        [&] {
            return desks_.customers.Search(
                {request->text(), "", request->tag(), PageSize(request->page_size(), 50, 200), request->page_token()});
        },
        [&](const CustomerPage& page) {
            for (const Customer& customer : page.customers) {
                *response->add_customers() = ToProto(customer);
            }
            response->set_next_page_token(page.next);
        });
}

grpc::Status GrpcCustomers::AddNumber(grpc::ServerContext* context, const v1::AddNumberRequest* request,
                                      v1::Customer* response) {
    return AnswerCustomer("AddNumber", response, [&] {
        return desks_.customers.AddNumber(Actor(*context), request->request_id(), CustomerId{request->customer_id()},
                                          {request->number().number(), request->number().label()}, request->primary());
    });
}

grpc::Status GrpcCustomers::RemoveNumber(grpc::ServerContext* context, const v1::RemoveNumberRequest* request,
                                         v1::Customer* response) {
    return AnswerCustomer("RemoveNumber", response, [&] {
        return desks_.customers.RemoveNumber(Actor(*context), request->request_id(), CustomerId{request->customer_id()},
                                             request->number_id());
    });
}

grpc::Status GrpcCustomers::RevealNumber(grpc::ServerContext* context, const v1::RevealNumberRequest* request,
                                         v1::PhoneNumber* response) {
    using Shown = std::pair<ShownNumber, std::string>;
    return Answer(
        "RevealNumber",
        [&]() -> Result<Shown> {
            const rpc::Caller caller = rpc::CallerOf(*context);
            if (!caller.May("customer.numbers.clear")) {
                return Error{Code::kPermissionDenied, "RIGHT_MISSING", "this needs the right customer.numbers.clear"};
            }
            return desks_.customers.Reveal(caller.Name(), CustomerId{request->customer_id()}, request->number_id(),
                                           request->reason());
        },
        [&](const Shown& shown) {
            *response = ToProto(shown.first);
            response->set_clear(shown.second);
        });
}

grpc::Status GrpcCustomers::ListTimeline(grpc::ServerContext*, const v1::ListTimelineRequest* request,
                                         v1::ListTimelineResponse* response) {
    return Answer(
        "ListTimeline",
        [&] {
            return desks_.history.Timeline(request->customer_id(), PageSize(request->page_size(), 50, 200),
                                           request->page_token());
        },
        [&](v1::ListTimelineResponse& timeline) { response->Swap(&timeline); });
}

grpc::Status GrpcCustomers::AddNote(grpc::ServerContext* context, const v1::AddNoteRequest* request,
                                    v1::TimelineEntry* response) {
    return Answer(
        "AddNote",
        [&]() -> Result<v1::TimelineEntry> {
            if (request->text().empty() || request->text().size() > 4000 || request->request_id().empty()) {
                return Error{Code::kInvalidArgument, "BAD_FIELD",
                             "text (1 to 4000 bytes) and request_id must be given"};
            }
            return desks_.history.AddNote({request->request_id(), Actor(*context), desks_.tools.clock.Now()},
                                          request->customer_id(), desks_.tools.ids.New(), request->text());
        },
        [&](v1::TimelineEntry& entry) { response->Swap(&entry); });
}

grpc::Status GrpcCustomers::MergeCustomers(grpc::ServerContext* context, const v1::MergeCustomersRequest* request,
                                           v1::Customer* response) {
    return AnswerCustomer("MergeCustomers", response, [&] {
        return desks_.customers.Merge(Actor(*context), request->request_id(), CustomerId{request->keep_customer_id()},
                                      CustomerId{request->gone_customer_id()}, request->reason());
    });
}

grpc::Status GrpcCustomers::UndoMerge(grpc::ServerContext* context, const v1::UndoMergeRequest* request,
                                      v1::Customer* response) {
    return AnswerCustomer("UndoMerge", response, [&] {
        return desks_.customers.UndoMerge(Actor(*context), request->request_id(), CustomerId{request->customer_id()},
                                          request->reason());
    });
}

grpc::Status GrpcCustomers::ListDuplicates(grpc::ServerContext*, const v1::ListDuplicatesRequest* request,
                                           v1::ListDuplicatesResponse* response) {
    return Answer(
        "ListDuplicates",
        [&] {
            return desks_.customers.Duplicates(CustomerId{request->customer_id()},
                                               PageSize(request->page_size(), 20, 100), request->page_token());
        },
        [&](const DuplicatePage& page) {
            for (const DuplicatePair& pair : page.pairs) {
                auto& duplicate = *response->add_duplicates();
                *duplicate.mutable_first() = ToProto(pair.first);
                *duplicate.mutable_second() = ToProto(pair.second);
                duplicate.set_reason(pair.reason);
            }
            response->set_next_page_token(page.next);
        });
}

grpc::Status GrpcCustomers::DismissDuplicate(grpc::ServerContext* context, const v1::DismissDuplicateRequest* request,
                                             v1::DismissDuplicateResponse*) {
    return rpc::ToGrpc(desks_.customers.Dismiss(Actor(*context), CustomerId{request->first_customer_id()},
                                                CustomerId{request->second_customer_id()}));
}

}  // namespace trunkline::customer
