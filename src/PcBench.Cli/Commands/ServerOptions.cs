using System.CommandLine;
using System.CommandLine.Parsing;
using PcBench.Cli.Server;

namespace PcBench.Cli.Commands;

/// <summary>The options that name a server, for commands that talk to one. A key is no option of its own: everybody on the machine could read it.</summary>
internal sealed class ServerOptions
{
    private readonly Option<Uri> address = Address();

    private readonly Option<FileInfo> cohortKeyFile = new Option<FileInfo>("--cohort-key-file")
    {
        Description = $"File whose first line is the key that was given to you, for a server that is not open to everybody. Default: the key itself in ${ServerAddress.CohortVariable}.",
    }.AcceptExistingOnly();

    public static Option<Uri> Address() => new("--server")
    {
        Description = $"Address of the server. Default: ${ServerCalls.ServerVariable}, or {ServerCalls.DefaultServer}.",
        DefaultValueFactory = result => Environment.GetEnvironmentVariable(ServerCalls.ServerVariable) is { Length: > 0 } server
            ? Parse(result, $"${ServerCalls.ServerVariable}", server)
            : Parse(result, "--server", ServerCalls.DefaultServer),
        CustomParser = result => Parse(result, "--server", result.Tokens[0].Value),
    };

    public void AddTo(Command command)
    {
        command.Add(address);
        command.Add(cohortKeyFile);
    }

    private static Uri Parse(ArgumentResult result, string name, string text)
    {
        if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            return uri;
        result.AddError($"{name} '{text}' is not an address. Give one such as {ServerCalls.DefaultServer}.");
        return null!;
    }

    /// <summary>The server that was asked for.</summary>
    public ServerAddress Read(ParseResult parsed)
    {
        var text = parsed.GetValue(cohortKeyFile) is { } file ? File.ReadLines(file.FullName).FirstOrDefault() : Environment.GetEnvironmentVariable(ServerAddress.CohortVariable);
        return new ServerAddress(parsed.GetRequiredValue(address), text?.Trim() is { Length: > 0 } key ? key : null);
    }
}

/// <summary>Lets a command be given them with its other options.</summary>
internal static class ServerOptionsOfCommand
{
    public static void Add(this Command command, ServerOptions options) => options.AddTo(command);
}
