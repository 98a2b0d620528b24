using Microsoft.Extensions.Options;
using PcBench.Backend.Limits;

namespace PcBench.Backend.Features.Imports;

/// <summary>
/// Lets so many imports in at once, and of one address at most half of them: a body that comes slowly holds its place for as long as it likes.
/// </summary>
internal sealed class ImportGate(IOptions<ImportOptions> options)
{
    private readonly Dictionary<LimitSubject, int> held = [];
    private int free = options.Value.AtOnce;

    private int Each => Math.Max(1, options.Value.AtOnce / 2);

    /// <returns>A place, to be given back; null where there is none.</returns>
    public IDisposable? TryEnter(LimitSubject asker)
    {
        lock (held)
        {
            var places = held.GetValueOrDefault(asker);
            if (free == 0 || places == Each)
                return null;
            held[asker] = places + 1;
            free--;
            return new Place(this, asker);
        }
    }

    private void Leave(LimitSubject asker)
    {
        lock (held)
        {
            free++;
            if (--held[asker] == 0)
                held.Remove(asker);
        }
    }

    private sealed class Place(ImportGate gate, LimitSubject asker) : IDisposable
    {
        public void Dispose() => gate.Leave(asker);
    }
}
