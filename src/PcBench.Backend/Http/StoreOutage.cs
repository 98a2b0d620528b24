using System.Data.Common;

namespace PcBench.Backend.Http;

/// <summary>Tells that the store is away, and the asker may come again, from a failure of the service itself.</summary>
internal static class StoreOutage
{
    // A server that is told to stop, or falls, says so in its last words; the driver does not count them as passing.
    private const string Stopping = "57P01";
    private const string Falling = "57P02";

    public static bool Is(Exception error) => error is DbException { IsTransient: true } or DbException { SqlState: Stopping or Falling };
}
