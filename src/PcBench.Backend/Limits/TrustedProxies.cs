using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace PcBench.Backend.Limits;

internal static class TrustedProxies
{
    /// <summary>
    /// Takes a client's address from <c>X-Forwarded-For</c> where the request came from a trusted proxy: from the right, over
    /// trusted hops, to the first that is not trusted. What stands before it was written by anybody. Must come first.
    /// </summary>
    public static void UseTrustedProxies(this IApplicationBuilder app) => app.Use(next =>
    {
        // Read when the server starts, and not before, so that what is wrong is told as everything that stops a start.
        var trusted = app.ApplicationServices.GetRequiredService<IOptions<LimitOptions>>().Value.TrustedProxies;
        if (trusted.Count == 0)
            return next;
        var branch = app.New();
        branch.UseForwardedHeaders(OptionsFor(trusted));
        branch.Run(next);
        var forwarded = branch.Build();

        // Where the sender has no address (a local socket) the framework would believe the header unseen.
        return context => context.Connection.RemoteIpAddress is null ? next(context) : forwarded(context);
    });

    /// <summary>Reads an address, which is a network of one, or a network.</summary>
    public static bool TryRead(string text, out System.Net.IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address) && IsPlain(address, text))
        {
            address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            network = new System.Net.IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
            return true;
        }

        return System.Net.IPNetwork.TryParse(text, out network) && IsPlain(network.BaseAddress, text[..text.IndexOf('/')]);
    }

    // "10" is 0.0.0.10 to the framework, and "010.0.0.1" is 8.0.0.1: surely not what was meant.
    private static bool IsPlain(IPAddress address, string text) =>
        address.AddressFamily != AddressFamily.InterNetwork || address.ToString() == text;

    private static ForwardedHeadersOptions OptionsFor(IEnumerable<string> trusted)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownProxies.Clear(); // the framework trusts this machine's other programs, which were not named here
        options.KnownIPNetworks.Clear();
        foreach (var text in trusted)
        {
            if (TryRead(text, out var network))
                options.KnownIPNetworks.Add(network);
        }

        return options;
    }
}
