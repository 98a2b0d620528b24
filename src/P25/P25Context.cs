using P25.Tools;
using PcBench.Shared;

namespace P25;

/// <summary>What the commands share: where to write, what time it is, how to reach the world. Tests put their own.</summary>
/// <param name="Output">Data to stdout, people on stderr.</param>
/// <param name="Time">The clock.</param>
/// <param name="Variable">Reads the environment.</param>
/// <param name="Runner">Makes what runs helm, kubectl and git; it is told where to show the calls.</param>
/// <param name="Handler">For HTTP.</param>
/// <param name="ReadLine">Asks the user; null where there is none.</param>
/// <param name="ReadSecret">The same, and what is typed does not show.</param>
internal sealed record P25Context(
    Output Output, TimeProvider Time, Func<string, string?> Variable, Func<Action<string>?, IToolRunner> Runner, Func<HttpMessageHandler> Handler,
    Func<string?>? ReadLine, Func<string?>? ReadSecret = null)
{
    /// <summary>An address of the environment; null where it is not set.</summary>
    public Uri? AddressOf(string name) => Variable(name) is not { Length: > 0 } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
        : throw new P25Exception(P25ExitCodes.Usage, $"{name} '{text}' is not an http address.", "Give http://HOST:PORT.");

    public static P25Context OfProcess() => new(
        Output.OfProcess(), TimeProvider.System, Environment.GetEnvironmentVariable,
        trace => new ToolRunner(Environment.GetEnvironmentVariable, trace),
        () => new SocketsHttpHandler { AllowAutoRedirect = false }, // keys and tokens are for whom they are sent to, and nobody he points to
        Console.IsInputRedirected ? null : Console.ReadLine, Console.IsInputRedirected ? null : Typed.Secret);
}
