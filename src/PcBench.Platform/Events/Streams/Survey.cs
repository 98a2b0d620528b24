namespace PcBench.Platform.Events.Streams;

/// <summary>What one group was given and has not acknowledged.</summary>
/// <param name="Name">Name of its consumer.</param>
/// <param name="Delivered">The last entry that it was given.</param>
/// <param name="Lag">How many entries it was not given yet; null where Redis cannot tell.</param>
/// <param name="Pending">The first of what it has not acknowledged, in order.</param>
/// <param name="PendingIsAll">Whether there are no more of them.</param>
internal sealed record GroupSurvey(string Name, StreamId Delivered, long? Lag, IReadOnlyList<StreamId> Pending, bool PendingIsAll)
{
    /// <summary>Up to here everything is acknowledged that is not in <see cref="Pending"/>.</summary>
    public StreamId Horizon => PendingIsAll ? Delivered : Pending[^1];
}

/// <summary>The stream at one moment.</summary>
/// <param name="LastId">The last entry that was added.</param>
/// <param name="Length">Entries in it.</param>
/// <param name="Groups">The consumers of this release.</param>
internal sealed record Survey(StreamId LastId, long Length, IReadOnlyList<GroupSurvey> Groups)
{
    /// <summary>Up to here every consumer has acknowledged what is not in <see cref="Unacknowledged"/>.</summary>
    public StreamId Horizon => Groups.Count == 0 ? LastId : Groups.Min(group => group.Horizon);

    /// <summary>What some consumer has still to handle, among what all were given.</summary>
    public IReadOnlyList<StreamId> Unacknowledged => [.. Groups.SelectMany(group => group.Pending).Distinct().Where(id => id <= Horizon)];
}
