using System.Buffers;

namespace Gateway.Dicom;

/// <summary>Collects items until their number is known, so that the array that is kept has the exact size.</summary>
internal sealed class PooledStack<T>(Allowance allowance) : IDisposable where T : class
{
    private T[] _items = ArrayPool<T>.Shared.Rent(64);

    public int Count { get; private set; }

    public void Push(T item)
    {
        if (Count == _items.Length) Grow();
        _items[Count++] = item;
    }

    /// <summary>Changes the items pushed after the first <paramref name="mark"/>.</summary>
    public void ChangeFrom<TArgument>(int mark, TArgument argument, Func<T, TArgument, T> change)
    {
        for (var i = mark; i < Count; i++) _items[i] = change(_items[i], argument);
    }

    /// <summary>Removes the items pushed after the first <paramref name="mark"/>, and returns them in the order in which they were
    /// pushed.</summary>
    public T[] PopFrom(int mark)
    {
        T[] popped = [.. _items.AsSpan(mark, Count - mark)];
        Count = mark;
        return popped;
    }

    public void Dispose() => ArrayPool<T>.Shared.Return(_items, clearArray: true);

    private void Grow()
    {
        allowance.SpendSlots(Count * 2);
        var larger = ArrayPool<T>.Shared.Rent(Count * 2);
        _items.CopyTo(larger, 0);
        Dispose();
        _items = larger;
    }
}
