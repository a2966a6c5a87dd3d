ed () 
{ 
    python3 $R/ed.py conference.yaml "$@"
}
B () 
{ 
    convenor build conference.yaml "$@" > $R/log 2>&1;
    rc=$?;
    echo "\$ build $*";
    grep -v -e '^ *|' -e '^$' -e '^ *[0-9]* *|' -e '^   *[0-9]*  [A-Z]' -e 'downgraded' -e 'not-dated' -e 'enter the agreement' -e 'give each the day' -e '^ *--> conference.yaml:8:9' $R/log;
    echo "[rc=$rc]"
}
kt () 
{ 
    base=$1;
    shift;
    bad=0;
    for i in $(seq 1 ${N:-14});
    do
        rm -rf $R/kk;
        cp -a $R/$base $R/kk;
        cd $R/kk;
        t=$(awk -v s=$RANDOM -v m=${MAXT:-1.2} 'BEGIN{printf "%.3f", s/32768*m}');
        ( exec "$@" > $R/klog 2>&1 ) & p=$!;
        sleep $t;
        kill -9 $p 2> /dev/null;
        wait $p 2> /dev/null;
        k=$?;
        convenor verify $CONF > $R/v1 2>&1;
        v1=$?;
        convenor record $CONF > $R/r1 2>&1;
        r1=$?;
        "$@" > $R/k2 2>&1;
        k2=$?;
        convenor verify $CONF > $R/v2 2>&1;
        v2=$?;
        echo "t=$t killed=$k verify=$v1 record=$r1 rerun=$k2 verify2=$v2 | $(grep -m2 '^error\|^warning\[stop' $R/v1 | tr '\n' ';') | $(grep -m1 -i 'stopp\|finished\|undone' $R/k2)";
        [ $v2 -ne 0 ] && { 
            head -8 $R/v2;
            cp -a $R/kk $R/kk_bad_$i
        };
    done
}
