namespace Gateway.Workshop.LabelHeads;

/// <summary>What the label maps leave out of the orbits: fat around globe and nerve, four straight muscles, the lens.</summary>
internal sealed class Orbits(ushort[] labels, HeadTissue[] tissues, int width, int height)
{
    private const int Eye = 506, Nerve = 508, Sheath = 530, Soft = 507;
    private const double ReachMm = 13;

    public void Fill()
    {
        var eyes = Where(label => label == Eye);
        if (eyes.Count == 0)
            return;
        var middle = eyes.Average(i => (double)X(i));
        foreach (var side in (int[])[-1, 1])
        {
            var globe = eyes.Where(i => side * (X(i) - middle) > 0).ToList();
            if (globe.Count < 500)
                continue;
            var nerve = Where(label => label == Nerve).Where(i => side * (X(i) - middle) > 0).ToList();
            Surround(globe, nerve);
            SetLens(globe);
        }
    }

    /// <summary>Spreads from globe and nerve through soft tissue only, so that bone ends the orbit.</summary>
    private void Surround(List<int> globe, List<int> nerve)
    {
        var axis = nerve.GroupBy(Y).ToDictionary(g => g.Key, g => (X: g.Average(i => (double)X(i)), Z: g.Average(i => (double)Z(i))));
        int[] steps = [1, -1, width, -width, width * height, -width * height];
        var (seen, front) = (new HashSet<int>(), globe.Concat(nerve).ToList());
        for (var mm = 0; mm < ReachMm; mm++)
        {
            var next = new List<int>();
            foreach (var i in front)
                foreach (var step in steps)
                    if ((uint)(i + step) < (uint)labels.Length && labels[i + step] is Soft or Sheath && seen.Add(i + step))
                        next.Add(i + step);
            front = next;
        }
        foreach (var i in seen)
            if (tissues[i] is HeadTissue.Muscle or HeadTissue.Fat)
                tissues[i] = IsMuscle(i) ? HeadTissue.Muscle : HeadTissue.Fat;

        bool IsMuscle(int i)
        {
            if (!axis.TryGetValue(Y(i), out var centre))
                return false;
            var (dx, dz) = (X(i) - centre.X, Z(i) - centre.Z);
            var radius = Math.Sqrt((dx * dx) + (dz * dz));
            var across = Math.Min(Math.Abs(dx), Math.Abs(dz));
            return radius is > 6.5 and < 10 && across < 3.5;
        }
    }

    private void SetLens(List<int> globe)
    {
        var (x, y, z) = (globe.Average(i => (double)X(i)), globe.Average(i => (double)Y(i)), globe.Average(i => (double)Z(i)));
        var radius = Math.Cbrt(globe.Count * 3 / (4 * Math.PI));
        FillGlobe((x, y, z), 0.9 * radius);
        foreach (var i in globe)
        {
            var (dx, dy, dz) = ((X(i) - x) / 4.8, (Y(i) - y + (0.62 * radius)) / 2.1, (Z(i) - z) / 4.8);
            if ((dx * dx) + (dy * dy) + (dz * dz) < 1)
                tissues[i] = HeadTissue.Lens;
        }
    }

    /// <summary>Some maps have holes in the globe.</summary>
    private void FillGlobe((double X, double Y, double Z) centre, double radius)
    {
        var reach = (int)radius + 1;
        for (var z = (int)centre.Z - reach; z <= centre.Z + reach; z++)
            for (var y = (int)centre.Y - reach; y <= centre.Y + reach; y++)
                for (var x = (int)centre.X - reach; x <= centre.X + reach; x++)
                {
                    var (dx, dy, dz) = (x - centre.X, y - centre.Y, z - centre.Z);
                    if ((dx * dx) + (dy * dy) + (dz * dz) < radius * radius && (((z * height) + y) * width) + x is var i
                        && (uint)i < (uint)labels.Length && labels[i] is Eye or Soft or Nerve or 0)
                        tissues[i] = HeadTissue.Vitreous;
                }
    }

    private List<int> Where(Func<ushort, bool> wanted) => [.. Enumerable.Range(0, labels.Length).Where(i => wanted(labels[i]))];

    private int X(int i) => i % width;

    private int Y(int i) => i / width % height;

    private int Z(int i) => i / width / height;
}
