namespace Gateway.DicomNetwork;

/// <summary>How many associations a server has open.</summary>
internal sealed class AssociationCount
{
    private int _value;

    /// <summary>The count after the change.</summary>
    public int Add(int change) => Interlocked.Add(ref _value, change);
}
