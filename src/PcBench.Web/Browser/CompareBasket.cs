namespace PcBench.Web.Browser;

/// <summary>Results that the reader ticked to compare, until the page is closed.</summary>
public sealed class CompareBasket
{
    /// <summary>The most that can be compared at once.</summary>
    public const int Most = 8;

    private readonly List<string> ids = [];

    /// <summary>Raised after the choice changed.</summary>
    public event Action? Changed;

    /// <summary>Ids, in the order they were ticked.</summary>
    public IReadOnlyList<string> Ids => ids;

    /// <summary>Whether no more can be ticked.</summary>
    public bool Full => ids.Count >= Most;

    /// <summary>Ticks or unticks a result.</summary>
    public void Toggle(string id)
    {
        if (!ids.Remove(id) && !Full)
            ids.Add(id);
        Changed?.Invoke();
    }

    /// <summary>Unticks all.</summary>
    public void Clear()
    {
        ids.Clear();
        Changed?.Invoke();
    }
}
