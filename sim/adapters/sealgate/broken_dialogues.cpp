// Machines that listen to what the gateway hears and put words into what it says. All of it happens
// on unencrypted streams, below TLS.
#include <openssl/evp.h>

#include <optional>

#include "sim/adapters/sealgate/broken_machines.hpp"
#include "sim/adapters/sealgate/host_wrapper.hpp"

namespace sealcheck::adapters {
namespace {

// What stands between the two in the text, or nothing.
std::string between(std::string_view text, std::string_view begin, std::string_view end) {
  const std::size_t from = text.find(begin);
  if (from == std::string_view::npos) return {};
  const std::size_t to = text.find(end, from + begin.size());
  if (to == std::string_view::npos) return {};
  return std::string(text.substr(from + begin.size(), to - from - begin.size()));
}

std::string to_base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

// Shows what was read, and lets it be altered, before the gateway sees it.
class HeardStream final : public StreamWrapper {
 public:
  using OnRead = std::function<void(std::span<char>)>;

  HeardStream(std::unique_ptr<host::Stream> inner, OnRead on_read)
      : StreamWrapper(std::move(inner)), on_read_(std::move(on_read)) {}

  void start_read(boost::asio::mutable_buffer buffer, host::IoCompletion done) override {
    auto pass_on = [on_read = on_read_, buffer, done = std::move(done)](host::ErrorCode error,
                                                                        std::size_t size) mutable {
      on_read({static_cast<char*>(buffer.data()), size});
      done(error, size);
    };
    StreamWrapper::start_read(buffer, host::IoCompletion(executor(), std::move(pass_on)));
  }

 private:
  OnRead on_read_;
};

// Says what `insert` makes of a write before that write itself.
class PromptedStream final : public StreamWrapper {
 public:
  using Insert = std::function<std::string(std::string_view)>;

  PromptedStream(std::unique_ptr<host::Stream> inner, Insert insert)
      : StreamWrapper(std::move(inner)), insert_(std::move(insert)) {}

  void start_write(boost::asio::const_buffer buffer, host::IoCompletion done) override {
    inserted_ = insert_({static_cast<const char*>(buffer.data()), buffer.size()});
    go_on(0, buffer, std::move(done));
  }

 private:
  void go_on(std::size_t written, boost::asio::const_buffer then, host::IoCompletion done) {
    if (written == inserted_.size()) return StreamWrapper::start_write(then, std::move(done));
    auto next = [this, written, then, done = std::move(done)](host::ErrorCode error,
                                                              std::size_t size) mutable {
      if (error) return done(error, 0);
      go_on(written + size, then, std::move(done));
    };
    StreamWrapper::start_write(boost::asio::buffer(std::string_view(inserted_).substr(written)),
                               host::IoCompletion(executor(), std::move(next)));
  }

  Insert insert_;
  std::string inserted_;
};

// Remembers everything that clients said.
class Eavesdropper : public HostWrapper {
 public:
  using HostWrapper::HostWrapper;

 protected:
  std::string_view heard() const { return heard_; }
  virtual void on_heard() {}

 private:
  StreamPtr accepted(StreamPtr stream) override {
    return std::make_unique<HeardStream>(std::move(stream), [this](std::span<char> bytes) {
      heard_.append(bytes.data(), bytes.size());
      on_heard();
    });
  }

  std::string heard_;
};

class LeakIntoTheLog final : public Eavesdropper {
 public:
  using Eavesdropper::Eavesdropper;

 private:
  void on_heard() override {
    const std::string subject = between(heard(), "Subject: ", "\r\n");
    if (!told_ && !subject.empty()) log(host::Severity::info, "inbound", "about " + subject);
    told_ = told_ || !subject.empty();
  }

  bool told_ = false;
};

// The first thing that each connection says, or says before a certain write, is one of these lines.
class Leak : public Eavesdropper {
 public:
  using Eavesdropper::Eavesdropper;

 private:
  virtual std::string words() const = 0;
  virtual bool is_moment(std::string_view) const { return true; }

  StreamPtr connected(StreamPtr stream) override {
    auto insert = [this, said = false](std::string_view bytes) mutable {
      if (said || !is_moment(bytes)) return std::string();
      said = true;
      return words();
    };
    return std::make_unique<PromptedStream>(std::move(stream), std::move(insert));
  }
};

class LeakOfTheBody final : public Leak {
 public:
  using Leak::Leak;

 private:
  std::string words() const override {
    return "NOOP " + to_base64(between(heard(), "\r\n\r\n", "\r\n.\r\n")) + "\r\n";
  }
};

class LeakOfTheEnvelope : public Leak {
 public:
  using Leak::Leak;

 private:
  std::string words() const override {
    return "MAIL FROM:" + between(heard(), "MAIL FROM:", "\n") +
           "\nRCPT TO:" + between(heard(), "RCPT TO:", "\n") + "\n";
  }
};

// Does not end the connection on which STARTTLS came to nothing: it goes on there.
class GoesOnAfterARefusal final : public LeakOfTheEnvelope {
 public:
  using LeakOfTheEnvelope::LeakOfTheEnvelope;

 private:
  bool is_moment(std::string_view bytes) const override { return bytes.starts_with("QUIT"); }
};

// Knows no other mail host than the first that it has been told of.
class OneMailHost final : public HostWrapper {
 public:
  using HostWrapper::HostWrapper;

  boost::asio::awaitable<host::Result<StreamPtr>> connect(host::Endpoint remote,
                                                          host::MonoTime deadline) override {
    if (!first_) first_ = remote;
    if (remote != *first_) co_return make_error_code(boost::system::errc::connection_refused);
    auto connecting = HostWrapper::connect(remote, deadline);
    co_return co_await std::move(connecting);
  }

 private:
  std::optional<host::Endpoint> first_;
};

// Says the whole transaction once more before it says QUIT.
class RepeatingNetwork final : public HostWrapper {
 public:
  using HostWrapper::HostWrapper;

 private:
  StreamPtr connected(StreamPtr stream) override {
    auto repeat = [said = std::string()](std::string_view bytes) mutable {
      if (bytes.starts_with("QUIT")) return std::exchange(said, {});
      if (bytes.starts_with("MAIL")) said.clear();
      said += bytes;
      return std::string();
    };
    return std::make_unique<PromptedStream>(std::move(stream), std::move(repeat));
  }
};

// Does not recognise the Received fields of what comes in: it will never notice a loop.
class ForgetfulReception final : public HostWrapper {
 public:
  using HostWrapper::HostWrapper;

 private:
  StreamPtr accepted(StreamPtr stream) override {
    return std::make_unique<HeardStream>(std::move(stream), [](std::span<char> bytes) {
      const std::string_view text(bytes.data(), bytes.size());
      for (std::size_t at = text.find("Received:"); at != std::string_view::npos;
           at = text.find("Received:", at + 1))
        bytes[at] = 'X';
    });
  }
};

// Offers something else in the place of STARTTLS to whoever hands mail in.
class MutedStream final : public StreamWrapper {
 public:
  using StreamWrapper::StreamWrapper;

  void start_write(boost::asio::const_buffer buffer, host::IoCompletion done) override {
    said_.assign(static_cast<const char*>(buffer.data()), buffer.size());
    const std::size_t at = said_.find("STARTTLS\r\n");
    if (at != std::string::npos) said_.replace(at, 8, "X-NOTLS!");
    StreamWrapper::start_write(boost::asio::buffer(said_), std::move(done));
  }

 private:
  std::string said_;
};

class NoStartTls final : public HostWrapper {
 public:
  using HostWrapper::HostWrapper;

 private:
  StreamPtr accepted(StreamPtr stream) override {
    return std::make_unique<MutedStream>(std::move(stream));
  }
};

template <class Machine>
std::unique_ptr<host::Host> make(host::Host& machine) {
  return std::make_unique<Machine>(machine);
}

}  // namespace

std::unique_ptr<host::Host> leak_into_the_log(host::Host& machine) {
  return make<LeakIntoTheLog>(machine);
}
std::unique_ptr<host::Host> leak_of_the_body(host::Host& machine) {
  return make<LeakOfTheBody>(machine);
}
std::unique_ptr<host::Host> leak_of_the_envelope(host::Host& machine) {
  return make<LeakOfTheEnvelope>(machine);
}
std::unique_ptr<host::Host> going_on_after_a_refusal(host::Host& machine) {
  return make<GoesOnAfterARefusal>(machine);
}
std::unique_ptr<host::Host> one_mail_host(host::Host& machine) {
  return make<OneMailHost>(machine);
}
std::unique_ptr<host::Host> repeating_network(host::Host& machine) {
  return make<RepeatingNetwork>(machine);
}
std::unique_ptr<host::Host> no_starttls(host::Host& machine) {
  return make<NoStartTls>(machine);
}
std::unique_ptr<host::Host> forgetful_reception(host::Host& machine) {
  return make<ForgetfulReception>(machine);
}

}  // namespace sealcheck::adapters
