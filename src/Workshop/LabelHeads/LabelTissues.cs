namespace Gateway.Workshop.LabelHeads;

/// <summary>
/// From the values of a label map to tissues. The maps lump what both modalities tell apart: soft tissue becomes skin, fat and muscle by
/// its depth, thick bone gets its diploe, orbits their fat, muscles and lenses, CSF the falx and the tentorium in its midst.
/// </summary>
internal sealed class LabelTissues
{
    private const int Soft = 507, Skin = 511, Bone = 515, Marrow = 516, Csf = 24;
    private const int LastOfBrain = 500, LargestHole = 120;
    private static readonly HeadTissue[] Table = Tabled();

    private readonly ushort[] _labels;
    private readonly HeadTissue[] _tissues;
    private readonly int _width;
    private readonly int _height;
    private readonly int _depth;
    private readonly int[] _steps;

    private LabelTissues(ushort[] labels, int width, int height, int depth)
    {
        (_labels, _width, _height, _depth) = (labels, width, height, depth);
        (_tissues, _steps) = (new HeadTissue[labels.Length], [1, -1, width, -width, width * height, -width * height]);
    }

    /// <summary>One tissue a voxel, x fastest.</summary>
    public static HeadTissue[] Of(ushort[] labels, int width, int height, int depth)
    {
        var work = new LabelTissues(labels, width, height, depth);
        work.Translate();
        work.SplitSkin();
        work.LineSkull();
        work.SplitBone();
        work.SplitCsf();
        work.AgeBrain();
        new Orbits(labels, work._tissues, width, height).Fill();
        return work._tissues;
    }

    private static HeadTissue[] Tabled()
    {
        var table = new HeadTissue[1024];
        Array.Fill(table, HeadTissue.Muscle);
        Set(HeadTissue.Air, 0);
        Set(HeadTissue.WhiteMatter, 2, 41);
        Set(HeadTissue.Cortex, 3, 42);
        Set(HeadTissue.Ventricle, 4, 5, 14, 15, 43, 44, 72);
        Set(HeadTissue.CerebellarWhite, 7, 46);
        Set(HeadTissue.CerebellarCortex, 8, 47);
        Set(HeadTissue.Thalamus, 10, 49);
        Set(HeadTissue.Striatum, 11, 50, 12, 51, 26, 58);
        Set(HeadTissue.Pallidum, 13, 52);
        Set(HeadTissue.BrainStem, 16, 28, 60);
        Set(HeadTissue.Limbic, 17, 18, 53, 54);
        Set(HeadTissue.Csf, Csf, 30, 62);
        Set(HeadTissue.AgedWhite, 25, 57);
        Set(HeadTissue.Plexus, 136, 137, 163, 164);
        Set(HeadTissue.Nerve, 85, 508, 512, 530);
        Set(HeadTissue.Artery, 502);
        Set(HeadTissue.Vitreous, 506);
        Set(HeadTissue.Mucosa, 509);
        Set(HeadTissue.Skin, Skin);
        Set(HeadTissue.Vein, 514);
        Set(HeadTissue.CorticalBone, Bone);
        Set(HeadTissue.Marrow, Marrow);
        return table;

        void Set(HeadTissue tissue, params ReadOnlySpan<int> values)
        {
            foreach (var value in values)
                table[value] = tissue;
        }
    }

    /// <summary>Specks beside the head are dropped, air around it is told from air inside, and single voxels in bone are filled.</summary>
    private void Translate()
    {
        var head = LabelFlood.Largest(_labels, _width, _height, _depth);
        var outside = LabelFlood.Outside(head, _width, _height, _depth);
        for (var i = 0; i < _tissues.Length; i++)
            _tissues[i] = outside[i] || !head[i] && _labels[i] != 0 ? HeadTissue.Outside : Table[Math.Min(_labels[i], (ushort)1023)];
        for (var i = _width * _height; i < _labels.Length - (_width * _height); i++)
            if (_labels[i] is 0 or Csf && _steps.Count(step => _labels[i + step] is Bone or Marrow) >= 5)
                _tissues[i] = HeadTissue.CorticalBone;
        foreach (var gap in LabelFlood.Gaps(_labels, outside, _width, _height, _depth).Where(gap => gap.Count <= LargestHole))
        {
            var around = gap.SelectMany(i => _steps.Select(step => i + step)).Where(at => (uint)at < (uint)_labels.Length)
                .Select(at => _labels[at]).Where(label => label != 0).ToArray();
            if (around.Count(label => label <= LastOfBrain) > 0.4 * around.Length)
                foreach (var i in gap)
                    _tissues[i] = HeadTissue.Csf;
        }
    }

    /// <summary>2 mm of skin, then fat down to some millimetres, uneven, and a little galea on the bone.</summary>
    private void SplitSkin()
    {
        var air = To(i => _tissues[i] == HeadTissue.Outside);
        var skin = To(i => _labels[i] == Skin);
        var bone = To(i => _labels[i] is Bone or Marrow);
        for (var i = 0; i < _tissues.Length; i++)
        {
            if (_tissues[i] == HeadTissue.Skin && air[i] > 2.4 * DistanceField.Millimetre)
                _tissues[i] = HeadTissue.Fat;
            if (_labels[i] != Soft || _tissues[i] == HeadTissue.Outside)
                continue;
            var unevenness = Uneven(i);
            var under = skin[i] <= (3.2 + (1.6 * unevenness)) * DistanceField.Millimetre && bone[i] > 1.2 * DistanceField.Millimetre;
            var between = Math.Abs(Uneven(i, 0.4)) < 0.018 && bone[i] > 2 * DistanceField.Millimetre;
            _tissues[i] = under || between ? HeadTissue.Fat : HeadTissue.Muscle;
        }
    }

    /// <summary>Some maps call dura and veins under the vault soft tissue: it touches CSF, as scalp does not.</summary>
    private void LineSkull()
    {
        var (_, z0) = Middle(HeadTissue.Thalamus);
        var front = new List<int>();
        for (var i = Math.Max(1, (int)z0) * _width * _height; i < _labels.Length - (_width * _height); i++)
            if (_labels[i] == Csf)
                front.Add(i);
        for (var mm = 0; mm < 6; mm++)
        {
            var next = new List<int>();
            foreach (var i in front)
                foreach (var at in _steps.Select(step => i + step))
                    if ((uint)at < (uint)_labels.Length && _labels[at] is Soft or Skin && _tissues[at] != HeadTissue.Dura)
                    {
                        _tissues[at] = HeadTissue.Dura;
                        next.Add(at);
                    }
            front = next;
        }
    }

    /// <summary>Tables of about two millimetres with diploe between them.</summary>
    private void SplitBone()
    {
        var other = To(i => _tissues[i] is not (HeadTissue.CorticalBone or HeadTissue.Marrow));
        for (var i = 0; i < _tissues.Length; i++)
        {
            if (_tissues[i] == HeadTissue.CorticalBone && other[i] > 2.1 * DistanceField.Millimetre && Uneven(i) > -0.7)
                _tissues[i] = HeadTissue.Marrow;
            if (_tissues[i] == HeadTissue.Marrow && other[i] <= 1 * DistanceField.Millimetre)
                _tissues[i] = HeadTissue.CorticalBone;
        }
    }

    /// <summary>Falx and tentorium lie halfway between what they part; the rims of CSF belong partly to their neighbours.</summary>
    private void SplitCsf()
    {
        var left = To(i => _labels[i] is 2 or 3);
        var right = To(i => _labels[i] is 41 or 42);
        var hindBrain = To(i => _labels[i] is 7 or 8 or 46 or 47);
        var bone = To(i => _tissues[i] is HeadTissue.CorticalBone or HeadTissue.Marrow);
        var (y0, z0) = Middle(HeadTissue.Thalamus);
        for (var i = 0; i < _tissues.Length; i++)
        {
            if (_tissues[i] != HeadTissue.Csf)
                continue;
            var (y, z) = (i / _width % _height, i / _width / _height);
            var cerebrum = Math.Min(left[i], right[i]);
            var falx = Between(left[i], right[i]) && bone[i] < 26 * DistanceField.Millimetre && (z > z0 - 5 || y < y0 - 45);
            _tissues[i] = falx || Between(cerebrum, hindBrain[i]) ? HeadTissue.Dura
                : bone[i] <= 1.4 * DistanceField.Millimetre ? HeadTissue.CsfAtBone
                : Math.Min(cerebrum, hindBrain[i]) <= 1.2 * DistanceField.Millimetre ? HeadTissue.CsfAtCortex
                : HeadTissue.Csf;
        }

        static bool Between(ushort a, ushort b) => Math.Abs(a - b) <= 1 && a <= 5 * DistanceField.Millimetre;
    }

    private void AgeBrain()
    {
        var csf = To(i => _tissues[i] is HeadTissue.Csf or HeadTissue.CsfAtCortex or HeadTissue.CsfAtBone);
        var ventricle = To(i => _labels[i] is 4 or 43 or 5 or 44);
        for (var i = 0; i < _tissues.Length; i++)
        {
            if (_tissues[i] == HeadTissue.Cortex && csf[i] <= 1.2 * DistanceField.Millimetre)
                _tissues[i] = HeadTissue.CortexAtCsf;
            if (_tissues[i] == HeadTissue.WhiteMatter && ventricle[i] <= 2.2 * DistanceField.Millimetre)
                _tissues[i] = HeadTissue.WhiteAtVentricle;
        }
    }

    private ushort[] To(Func<int, bool> set) => DistanceField.To(set, _width, _height, _depth);

    /// <summary>Mean row and plane of a tissue.</summary>
    private (double Y, double Z) Middle(HeadTissue tissue)
    {
        var (y, z, count) = (0L, 0L, 0L);
        for (var i = 0; i < _tissues.Length; i++)
            if (_tissues[i] == tissue)
                (y, z, count) = (y + (i / _width % _height), z + (i / _width / _height), count + 1);
        return count == 0 ? (_height / 2.0, _depth / 2.0) : ((double)y / count, (double)z / count);
    }

    /// <summary>A fixed pattern of blobs of about a centimetre, -1 to 1.</summary>
    private double Uneven(int i, double finer = 1)
    {
        var (x, y, z) = (i % _width * finer, i / _width % _height * finer, i / _width / _height * finer);
        return (Math.Sin((0.31 * x) + (0.17 * y)) + Math.Sin((0.29 * y) - (0.21 * z)) + Math.Sin((0.27 * z) + (0.19 * x))) / 3;
    }
}
