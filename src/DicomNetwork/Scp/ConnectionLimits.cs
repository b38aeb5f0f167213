using System.Net;

namespace Gateway.DicomNetwork;

/// <summary>Counts connections, all and by address, so that neither a flood nor one host takes every place.</summary>
internal sealed class ConnectionLimits(int all, int perAddress)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _counts = [];
    private int _count;

    /// <summary>False when no place is left; then there is nothing to give back.</summary>
    public bool TryEnter(IPAddress address)
    {
        lock (_lock)
        {
            var ofAddress = _counts.GetValueOrDefault(address);
            if (_count >= all || ofAddress >= perAddress)
                return false;
            _counts[address] = ofAddress + 1;
            _count++;
            return true;
        }
    }

    public void Leave(IPAddress address)
    {
        lock (_lock)
        {
            _count--;
            if (--_counts[address] == 0)
                _counts.Remove(address);
        }
    }
}
