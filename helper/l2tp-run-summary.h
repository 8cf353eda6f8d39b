/*
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef L2TP_RUN_SUMMARY_H
#define L2TP_RUN_SUMMARY_H

#include "ns3/l2tp-dial-on-demand.h"
#include "ns3/l2tp-endpoint.h"
#include "ns3/l2tp-lac.h"
#include "ns3/l2tp-voluntary-client.h"
#include "ns3/nstime.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <list>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * @ingroup l2tp
 *
 * @brief What a run has come to: a table for people, and summary.json for programs.
 *
 * Tunnels are counted at the ends that open them, sessions at the ends that ask for the calls, so
 * that each counts once; control and data messages at all endpoints together. The endpoints stand
 * in summary.json one by one as well.
 *
 * A listener to trace sources, no more. It must outlive the run: live as long as the clients do.
 */
class L2tpRunSummary
{
  public:
    /**
     * @brief Begin a summary.
     * @param scenario the scenario's name
     */
    explicit L2tpRunSummary(const std::string& scenario);
    L2tpRunSummary(const L2tpRunSummary&) = delete;
    L2tpRunSummary& operator=(const L2tpRunSummary&) = delete;

    /**
     * @brief Count what an endpoint does.
     * @param name what to call it
     * @param endpoint the endpoint
     */
    void AddEndpoint(const std::string& name, Ptr<L2tpEndpoint> endpoint);

    /**
     * @brief Watch a client: when it dials, when PPP comes up, how it ends.
     * @param name what to call it
     * @param client the client, not yet started
     */
    void AddClient(const std::string& name, Ptr<L2tpVoluntaryClient> client);

    /**
     * @brief Watch a host that dials by a line or by PPPoE, in the same way.
     * @param name what to call it
     * @param host the host, not yet started
     */
    void AddHost(const std::string& name, Ptr<L2tpDialingHost> host);

    /**
     * @brief Watch a remote site that is dialled on demand, in the same way.
     * @param name what to call it
     * @param site the site, not yet started
     */
    void AddSite(const std::string& name, Ptr<L2tpDialOnDemand> site);

    /**
     * @brief Add a result of the scenario's own.
     * @param key its name in summary.json
     * @param value its value
     */
    void Set(const std::string& key, double value);

    /**
     * @brief Add a result of the scenario's own.
     * @param key its name in summary.json
     * @param value its value
     */
    void Set(const std::string& key, const std::string& value);

    /**
     * @brief Add a result that is several numbers: an object in summary.json.
     * @param key its name
     * @param values the numbers, each with its name
     */
    void Set(const std::string& key, const std::vector<std::pair<std::string, double>>& values);

    /**
     * @brief Set what the application got through.
     * @param bps bit/s
     */
    void SetGoodput(double bps);

    /// The mean time from a client's first dialling to PPP. @return it, if any client came up
    std::optional<Time> GetSetupTime() const;

    /**
     * @brief Print the table.
     * @param os where to
     * @param maxClients how many clients at most, from the first one; the rest is counted
     */
    void Print(std::ostream& os,
               std::size_t maxClients = std::numeric_limits<std::size_t>::max()) const;

    /// All of it, as summary.json has it. @return a JSON object
    std::string ToJson() const;

    /**
     * @brief Write summary.json. A file that can't be written stops the program.
     * @param path the file
     */
    void Write(const std::string& path) const;

  private:
    /// A client, and what was seen of it.
    struct Client
    {
        std::string name;              //!< what to call it
        Ptr<L2tpDialingHost> client;   //!< the client, or null
        Ptr<L2tpDialOnDemand> site;    //!< the site, or null
        std::optional<Time> firstDial; //!< when it first dialled
        std::optional<Time> firstUp;   //!< when PPP first came up
        uint32_t dials{0};             //!< calls that were wanted, if it isn't a voluntary one
        bool isUp{false};              //!< whether PPP came up in the present call
        uint32_t ups{0};               //!< how often PPP came up
        uint32_t failures{0};          //!< dials that ended before PPP came up
        Ipv4Address address;           //!< the last address assigned
    };

    /// The client dials. @param client it @param call the call
    static void Dialled(Client* client, Ptr<const L2tpCall> call);
    /// The host dials. @param client it
    static void HostDialled(Client* client);
    /**
     * @brief Watch what dials.
     * @param name what to call it
     * @param client it
     * @return where it is noted
     */
    Client* Watch(const std::string& name, Ptr<L2tpDialingHost> client);
    /// How often it has dialled. @param client what @return the number
    static uint64_t GetNDials(const Client& client);
    /// Why its last call ended. @param client what @return words, empty if none has
    static std::string GetLastReason(const Client& client);
    /// A site is up. @param client it @param local the LNS's address @param remote its address
    static void SiteUp(Client* client, Ipv4Address local, Ipv4Address remote);
    /// PPP is up. @param client it @param local its address @param peer the LNS's
    static void Up(Client* client, Ipv4Address local, Ipv4Address peer);
    /// The call has ended. @param client it @param reason why
    static void Down(Client* client, const std::string& reason);

    std::string m_scenario;                                             //!< its name
    std::vector<std::pair<std::string, Ptr<L2tpEndpoint>>> m_endpoints; //!< all endpoints
    std::list<Client> m_clients;                                        //!< all clients, in place
    std::vector<std::pair<std::string, std::string>> m_texts;           //!< further results
    std::vector<std::pair<std::string, double>> m_numbers;              //!< further results
    /// Further results of several numbers.
    std::vector<std::pair<std::string, std::vector<std::pair<std::string, double>>>> m_objects;
    double m_goodput{0}; //!< bit/s
};

} // namespace ns3

#endif /* L2TP_RUN_SUMMARY_H */
